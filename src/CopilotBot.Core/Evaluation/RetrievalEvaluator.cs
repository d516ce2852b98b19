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
    /// <summary>Documents that the deepest metric looks at.</summary>
    private const int Documents = 100;

    /// <summary>Queries that run once before anything is measured: the first ones pay for loading and compiling.</summary>
    private const int WarmUp = 10;

    private static readonly AccessSetId Everything = AccessSetId.Of([RetrievalSet.Layer]);

    /// <param name="folder">Keeps the index of the set for the next run; what is there of another version of it is replaced.</param>
    /// <param name="progress">Chunks embedded so far.</param>
    public async Task<RetrievalReport> RunAsync(
        RetrievalSet set, IReadOnlyList<RetrievalPipeline> pipelines, string folder, Action<int>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(pipelines);
        await using var index = await SetIndex.OpenAsync(folder, set.Name, set.Documents, chunker, encoder, openIndex, progress, cancellationToken);
        var retriever = new HybridRetriever(index, encoder, crossEncoder, options, time);
        var top = Documents * options.Value.ChunksPerDocument; // so many chunks hold so many documents, however they fall
        foreach (var query in set.Queries.Take(WarmUp))
        {
            await retriever.SearchAsync(QueryOf(query, top, RetrievalPipeline.Full), cancellationToken);
        }

        var reports = new Dictionary<string, PipelineReport>();
        foreach (var pipeline in pipelines.Distinct())
        {
            reports[NameOf(pipeline)] = await MeasureAsync(retriever, set, pipeline, top, reports, cancellationToken);
        }

        return new RetrievalReport(set.Name, set.Queries.Count, reports) { Documents = set.Documents.Count };
    }

    /// <summary>As in a report: "bm25".</summary>
    public static string NameOf(RetrievalPipeline pipeline) => pipeline.ToString().ToLowerInvariant();

    private static RetrievalQuery QueryOf(JudgedQuery query, int top, RetrievalPipeline pipeline) => new(query.Text, new AllowedSets([Everything]), top, pipeline) { Exclude = query.Exclude, KeepCopies = true };

    private static async Task<PipelineReport> MeasureAsync(
        HybridRetriever retriever, RetrievalSet set, RetrievalPipeline pipeline, int top, Dictionary<string, PipelineReport> before, CancellationToken cancellationToken)
    {
        var metrics = new List<IReadOnlyDictionary<string, double>>(set.Queries.Count);
        var stages = new List<IReadOnlyDictionary<string, double>>(set.Queries.Count);
        var complete = 0;
        foreach (var query in set.Queries)
        {
            var result = await retriever.SearchAsync(QueryOf(query, top, pipeline), cancellationToken);
            List<DocumentId> ranking = [.. result.Candidates.Select(candidate => candidate.Indexed.Chunk.DocumentId).Distinct()];
            metrics.Add(RankingMetrics.Of(ranking, query.Relevant));
            stages.Add(result.StagesMs);
            complete += result.IsComplete ? 1 : 0;
        }

        double[] Values(string metric) => [.. metrics.Select(query => query[metric])];
        double Mean(string metric) => Values(metric).Average();
        return new PipelineReport(
            Mean("ndcgAt10"), Mean("recallAt2"), Mean("recallAt5"), Mean("recallAt10"), Mean("recallAt100"), Mean("mrrAt10"), Mean("mapAt100"), Mean("allRecallAt5"), Mean("hitAt1"),
            metrics[0].Keys.ToDictionary(metric => metric, metric => Significance.Ends(Values(metric))),
            before.ToDictionary(other => other.Key, other => Significance.PairedP(Values("ndcgAt10"), other.Value.NdcgByQuery)),
            (double)complete / set.Queries.Count,
            Latency.Of([.. stages.Select(stage => stage.Values.Sum())]),
            Latency.ByStage(stages))
        {
            NdcgByQuery = Values("ndcgAt10"),
        };
    }
}
