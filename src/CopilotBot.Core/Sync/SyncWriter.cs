using CopilotBot.Indexing;
using CopilotBot.Knowledge;

namespace CopilotBot.Sync;

/// <summary>
/// Writes what a run has pending: says what it is about to touch, then index, then documents. Whatever a crash leaves in between, the next run
/// knows which documents it cannot trust and writes them again, which replaces them.
/// </summary>
public sealed class SyncWriter(IKnowledgeIndex index, IDocumentStore documents, ISyncStateStore states, HeadingChunker chunker, EncodeTexts encode)
{
    private const int ChunksPerEncoding = 32;

    internal SyncRun Start(SourceName source, bool full, DateTimeOffset started) =>
        new(source, full, index.GetDocuments(source), documents.GetHeaders(source), states.GetPending(source), started);

    /// <summary>Documents of the source that are indexed.</summary>
    internal int Count(SourceName source) => index.GetStatistics().DocumentsBySource.GetValueOrDefault(source.Value);

    internal IReadOnlyList<Chunk> Split(Document document) => chunker.Split(document);

    /// <summary>Changes of readers alone come first: they wait for no embedding.</summary>
    internal async Task CommitAsync(SyncRun run, IProgress<SyncProgress>? progress, CancellationToken cancellationToken)
    {
        if (run.Kept.Count > 0)
        {
            states.SavePending(run.Source, [.. run.Kept.Select(document => document.Id)]);
            if (run.AccessChanges.Count > 0)
            {
                await index.ApplyAsync(new IndexBatch { AccessChanges = run.AccessChanges }, cancellationToken);
            }

            documents.Save(run.Kept);
            run.ClearKept();
        }

        if (run.Chunked.Count > 0)
        {
            var upserts = await EncodeAsync(run, progress, cancellationToken);
            states.SavePending(run.Source, [.. upserts.Select(document => document.Id)]);
            await index.ApplyAsync(new IndexBatch { Upserts = upserts }, cancellationToken);
            documents.Save([.. run.Chunked.Select(item => item.Document)]);
            run.ClearChunked();
        }
    }

    internal async Task DeleteAsync(SyncRun run, IReadOnlyList<DocumentId> absent, CancellationToken cancellationToken)
    {
        if (absent.Count == 0)
        {
            return;
        }

        // State first: what it does not know is never cited.
        states.SavePending(run.Source, absent);
        documents.Remove(absent);
        await index.ApplyAsync(new IndexBatch { Deletions = absent }, cancellationToken);
        run.Deleted = absent.Count;
    }

    private async Task<IReadOnlyList<IndexedDocument>> EncodeAsync(SyncRun run, IProgress<SyncProgress>? progress, CancellationToken cancellationToken)
    {
        var encodings = new List<TextEncoding>(run.PendingChunks);
        foreach (var part in run.Chunked.SelectMany(item => item.Chunks).Chunk(ChunksPerEncoding))
        {
            encodings.AddRange(await encode([.. part.Select(chunk => chunk.EncoderInput)], cancellationToken));
            run.ChunksEmbedded += part.Length;
            progress?.Report(run.Progress);
        }

        var next = 0;
        return
        [
            .. run.Chunked.Select(item =>
                new IndexedDocument(item.Document.Id, item.Document.AccessSet, [.. item.Chunks.Select(chunk => new EncodedChunk(chunk, encodings[next++]))])),
        ];
    }
}
