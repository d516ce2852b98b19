using System.Security.Cryptography;
using System.Text;
using CopilotBot.Indexing;
using CopilotBot.Inference;
using CopilotBot.Knowledge;

namespace CopilotBot.Evaluation;

/// <summary>The index of an evaluation set, kept in a folder for the next run and made anew when its chunks or the encoder are others.</summary>
internal static class SetIndex
{
    private const int ChunksPerCommit = 2048;

    private const int ChunksPerEncoding = 64;

    /// <param name="folder">Holds an index for each set; what is there of another version of this one is deleted.</param>
    /// <param name="progress">Chunks embedded so far.</param>
    public static async Task<IKnowledgeIndex> OpenAsync(
        string folder, string name, IEnumerable<Document> documents, HeadingChunker chunker, OnnxTextEncoder encoder, OpenIndexFolder openIndex, Action<int>? progress,
        CancellationToken cancellationToken)
    {
        var split = documents.Select(document => (Document: document, Chunks: chunker.Split(document))).Where(document => document.Chunks.Count > 0).ToList();
        var path = Path.Combine(folder, $"{name}-{Fingerprint(encoder, split.SelectMany(document => document.Chunks))}");
        if (Directory.Exists(folder))
        {
            foreach (var outdated in Directory.EnumerateDirectories(folder, $"{name}-????????????????").Where(other => other != path))
            {
                Directory.Delete(outdated, recursive: true);
            }
        }

        var index = Open(path, openIndex);
        try
        {
            await FillAsync(index, split, encoder, progress, cancellationToken);
            return index;
        }
        catch
        {
            await index.DisposeAsync();
            throw;
        }
    }

    /// <summary>What cannot be opened, such as an index of an older version, is made anew: it holds nothing that the set does not.</summary>
    private static IKnowledgeIndex Open(string path, OpenIndexFolder openIndex)
    {
        try
        {
            return openIndex(path);
        }
        catch (IndexException) when (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
            return openIndex(path);
        }
    }

    private static async Task FillAsync(
        IKnowledgeIndex index, List<(Document Document, IReadOnlyList<Chunk> Chunks)> documents, OnnxTextEncoder encoder, Action<int>? progress, CancellationToken cancellationToken)
    {
        var present = documents.Select(document => document.Document.Id.Source).Distinct().SelectMany(index.GetDocuments).ToHashSet();
        var done = 0;
        var batch = new List<(Document Document, IReadOnlyList<Chunk> Chunks)>();
        var pending = 0;
        foreach (var document in documents.Where(document => !present.Contains(document.Document.Id)))
        {
            batch.Add(document);
            pending += document.Chunks.Count;
            if (pending >= ChunksPerCommit)
            {
                await CommitAsync();
            }
        }

        await CommitAsync();

        async Task CommitAsync()
        {
            var encodings = new List<TextEncoding>(pending);
            foreach (var part in batch.SelectMany(item => item.Chunks).Chunk(ChunksPerEncoding))
            {
                encodings.AddRange(await encoder.EncodeAsync([.. part.Select(chunk => chunk.EncoderInput)], cancellationToken));
                progress?.Invoke(done += part.Length);
            }

            var next = 0;
            var upserts = batch.Select(item => new IndexedDocument(item.Document.Id, item.Document.AccessSet, [.. item.Chunks.Select(chunk => new EncodedChunk(chunk, encodings[next++]))]));
            await index.ApplyAsync(new IndexBatch { Upserts = [.. upserts] }, cancellationToken);
            batch.Clear();
            pending = 0;
        }
    }

    /// <summary>Of the texts as the encoder reads them and of the encoder.</summary>
    private static string Fingerprint(OnnxTextEncoder encoder, IEnumerable<Chunk> chunks)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(encoder.Fingerprint));
        foreach (var chunk in chunks)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{chunk.Id}\n{chunk.EncoderInput}\n"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
