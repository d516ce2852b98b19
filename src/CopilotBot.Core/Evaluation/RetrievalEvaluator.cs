using System.Security.Cryptography;
using System.Text;
using CopilotBot.Indexing;
using CopilotBot.Inference;
using CopilotBot.Knowledge;
using CopilotBot.Retrieval;
using Microsoft.Extensions.Options;

namespace CopilotBot.Evaluation;

/// <summary>Runs a retrieval set through the chunker, encoder, index and retriever that answer people. Chunks count for their document by the best of them.</summary>
public sealed class RetrievalEvaluator(
    OpenIndexFolder openIndex, HeadingChunker chunker, OnnxTextEncoder encoder, OptionalCrossEncoder crossEncoder, IOptions<RetrievalOptions> options, TimeProvider time)
{
    /// <summary>Chunks asked for: enough for 100 documents at the most chunks a document.</summary>
    private const int Top = 300;

    private const int ChunksPerCommit = 2048;

    private const int ChunksPerEncoding = 64;

    private static readonly AccessSetId Everything = AccessSetId.Of([RetrievalSet.Layer]);

    /// <param name="folder">Keeps the index of the set for the next run; what is there of another version of it is replaced.</param>
    /// <param name="progress">Chunks embedded so far, of all.</param>
    public async Task<RetrievalReport> RunAsync(
        RetrievalSet set, IReadOnlyList<RetrievalPipeline> pipelines, string folder, Action<int, int>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(pipelines);
        await using var index = await OpenAsync(set, folder, progress, cancellationToken);
        var retriever = new HybridRetriever(index, encoder, crossEncoder, options, time);
        var reports = new Dictionary<string, PipelineReport>();
        foreach (var pipeline in pipelines.Distinct())
        {
            reports[NameOf(pipeline)] = await MeasureAsync(retriever, set, pipeline, reports, cancellationToken);
        }

        return new RetrievalReport(set.Name, set.Queries.Count, reports);
    }

    /// <summary>As in a report: "bm25".</summary>
    public static string NameOf(RetrievalPipeline pipeline) => pipeline.ToString().ToLowerInvariant();

    private static async Task<PipelineReport> MeasureAsync(
        HybridRetriever retriever, RetrievalSet set, RetrievalPipeline pipeline, Dictionary<string, PipelineReport> before, CancellationToken cancellationToken)
    {
        var metrics = new List<IReadOnlyDictionary<string, double>>(set.Queries.Count);
        var stages = new List<IReadOnlyDictionary<string, double>>(set.Queries.Count);
        foreach (var query in set.Queries)
        {
            var result = await retriever.SearchAsync(new RetrievalQuery(query.Text, new AllowedSets([Everything]), Top, pipeline) { Exclude = query.Exclude }, cancellationToken);
            List<DocumentId> ranking = [.. result.Candidates.Select(candidate => candidate.Indexed.Chunk.DocumentId).Distinct()];
            metrics.Add(RankingMetrics.Of(ranking, query.Relevant));
            stages.Add(result.StagesMs);
        }

        double[] Values(string metric) => [.. metrics.Select(query => query[metric])];
        double Mean(string metric) => Values(metric).Average();
        var most = stages.Max(stage => stage.Count);
        return new PipelineReport(
            Mean("ndcgAt10"), Mean("recallAt2"), Mean("recallAt5"), Mean("recallAt10"), Mean("recallAt100"), Mean("mrrAt10"), Mean("mapAt100"), Mean("allRecallAt5"), Mean("hitAt1"),
            metrics[0].Keys.ToDictionary(metric => metric, metric => Significance.Interval(Values(metric)) is var (low, high) ? (IReadOnlyList<double>)[low, high] : []),
            before.ToDictionary(other => other.Key, other => Significance.PairedP(Values("ndcgAt10"), other.Value.NdcgByQuery)),
            (double)stages.Count(stage => stage.Count == most) / stages.Count,
            Latency.Of([.. stages.Select(stage => stage.Values.Sum())]),
            stages.SelectMany(stage => stage.Keys).Distinct().ToDictionary(
                stage => stage, stage => Latency.Of([.. stages.Where(query => query.ContainsKey(stage)).Select(query => query[stage])])))
        {
            NdcgByQuery = Values("ndcgAt10"),
        };
    }

    private async Task<IKnowledgeIndex> OpenAsync(RetrievalSet set, string folder, Action<int, int>? progress, CancellationToken cancellationToken)
    {
        var documents = set.Documents.Select(document => (Document: document, Chunks: chunker.Split(document))).Where(document => document.Chunks.Count > 0).ToList();
        var path = Path.Combine(folder, $"{set.Name}-{Fingerprint(documents.SelectMany(document => document.Chunks))}");
        if (Directory.Exists(folder))
        {
            foreach (var outdated in Directory.EnumerateDirectories(folder, $"{set.Name}-????????????????").Where(other => other != path))
            {
                Directory.Delete(outdated, recursive: true);
            }
        }

        var index = openIndex(path);
        try
        {
            await FillAsync(index, documents, progress, cancellationToken);
            return index;
        }
        catch
        {
            await index.DisposeAsync();
            throw;
        }
    }

    private async Task FillAsync(
        IKnowledgeIndex index, List<(Document Document, IReadOnlyList<Chunk> Chunks)> documents, Action<int, int>? progress, CancellationToken cancellationToken)
    {
        var present = index.GetDocuments(RetrievalSet.Source);
        var all = documents.Sum(document => document.Chunks.Count);
        var done = documents.Where(document => present.Contains(document.Document.Id)).Sum(document => document.Chunks.Count);
        var batch = new List<(Document Document, IReadOnlyList<Chunk> Chunks)>();
        foreach (var document in documents.Where(document => !present.Contains(document.Document.Id)))
        {
            batch.Add(document);
            if (batch.Sum(item => item.Chunks.Count) >= ChunksPerCommit)
            {
                await CommitAsync();
            }
        }

        await CommitAsync();

        async Task CommitAsync()
        {
            var encodings = new List<TextEncoding>();
            foreach (var part in batch.SelectMany(item => item.Chunks).Chunk(ChunksPerEncoding))
            {
                encodings.AddRange(await encoder.EncodeAsync([.. part.Select(chunk => chunk.EncoderInput)], cancellationToken));
                progress?.Invoke(done += part.Length, all);
            }

            var next = 0;
            await index.ApplyAsync(
                new IndexBatch { Upserts = [.. batch.Select(item => new IndexedDocument(item.Document.Id, Everything, [.. item.Chunks.Select(chunk => new EncodedChunk(chunk, encodings[next++]))]))] },
                cancellationToken);
            batch.Clear();
        }
    }

    /// <summary>Of the texts as the encoder reads them and of the encoder: another chunker or model makes another index.</summary>
    private string Fingerprint(IEnumerable<Chunk> chunks)
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
