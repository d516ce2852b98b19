using CopilotBot.Indexing;
using CopilotBot.Inference;
using CopilotBot.Telemetry;
using Microsoft.Extensions.Options;

namespace CopilotBot.Retrieval;

/// <summary>
/// BM25 and dense side by side inside the asker's view, fused by z-scores over the union, reordered by late interaction over all candidates, joined by what
/// the first of them name or link to, then reordered by the cross-encoder over the top few where there is one. Under load fewer candidates are looked at; every
/// stage is optional once the deadline has passed: the order so far stands.
/// </summary>
public sealed class HybridRetriever(
    IKnowledgeIndex index, OnnxTextEncoder encoder, OptionalCrossEncoder optionalCrossEncoder, IOptions<RetrievalOptions> options, TimeProvider time)
{
    private readonly AdaptiveDepth _depth = new(options.Value);

    public async Task<RetrievalResult> SearchAsync(RetrievalQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        _depth.Enter();
        try
        {
            var result = await RunAsync(query, options.Value, cancellationToken);
            _depth.Learn(result.StagesMs, result.StageCandidates.GetValueOrDefault("late"));
            CopilotTelemetry.SearchFinished(result.Depth, result.IsComplete);
            return result;
        }
        finally
        {
            _depth.Leave();
        }
    }

    private async Task<RetrievalResult> RunAsync(RetrievalQuery query, RetrievalOptions settings, CancellationToken cancellationToken)
    {
        var crossEncoder = query.Pipeline == RetrievalPipeline.Full ? optionalCrossEncoder.Model : null;
        var clock = new StageClock(time, TimeSpan.FromMilliseconds(settings.DeadlineMs));
        using var view = index.OpenView(query.Allowed);

        // Whatever takes no part is known by its rows, and the searches go deeper by their number.
        var excluded = (await view.GetRowsAsync([.. query.Exclude], cancellationToken)).SelectMany(rows => rows).ToHashSet();
        var depth = _depth.ForSearches(clock.Remaining);

        // BM25 runs while the encoder reads the question.
        var lexicalSearch = query.Pipeline == RetrievalPipeline.Dense
            ? Task.FromResult<IReadOnlyList<ChunkHit>>([])
            : Task.Run(() => view.SearchLexicalAsync(query.Text, depth + excluded.Count, cancellationToken), cancellationToken);
        var encoding = (await encoder.EncodeAsync([query.Text], cancellationToken))[0];
        clock.Book("encode");
        var dense = query.Pipeline == RetrievalPipeline.Bm25 ? [] : Without(excluded, await view.SearchDenseAsync(encoding.SentenceVector, depth + excluded.Count, cancellationToken), depth);
        clock.Book("dense", dense.Count);
        var lexical = Without(excluded, await lexicalSearch, depth);
        clock.Book("bm25", lexical.Count);

        var weights = view.GetTokenWeights(encoding.TokenIds);
        var pool = new CandidatePool(view, query, encoding, weights, settings);
        await pool.FuseAsync(lexical, dense, cancellationToken);
        var fused = pool.Candidates.Count;
        clock.Book("fuse", fused);
        var isFull = depth == settings.Depth;
        if (query.Pipeline >= RetrievalPipeline.Late && clock.MayStart("late"))
        {
            await pool.RerankLateAsync(_depth.ForLate(clock.Remaining, fused), cancellationToken);
            clock.Book("late", pool.Candidates.Count);
            isFull &= pool.Candidates.Count == fused;
            if (query.Pipeline == RetrievalPipeline.Full && settings.SecondHopPassages > 0 && clock.MayStart("second-hop"))
            {
                await pool.FollowMentionsAsync(cancellationToken);
                clock.Book("second-hop", pool.Candidates.Count);
            }
        }

        var candidates = await pool.TakeAsync(Math.Max(query.Top, crossEncoder is null ? 0 : settings.CrossEncoderDepth), settings.ChunksPerDocument, cancellationToken);
        clock.Book("deduplicate", candidates.Count);
        if (crossEncoder is not null && clock.MayStart("cross-encoder"))
        {
            candidates = await RerankCrossAsync(crossEncoder, query.Text, candidates, settings, clock, cancellationToken);
        }

        return new RetrievalResult
        {
            Candidates = [.. candidates.Take(query.Top)],
            DocumentsSearched = view.Documents,
            Query = encoding,
            QueryWeights = weights,
            LateStatistics = pool.LateStatistics,
            StagesMs = clock.StagesMs,
            StageCandidates = clock.Candidates,
            Depth = depth,
            IsComplete = isFull && !clock.WasCutOff,
            WasCutOff = clock.WasCutOff,
        };
    }

    private static IReadOnlyList<ChunkHit> Without(HashSet<int> excluded, IReadOnlyList<ChunkHit> hits, int depth) =>
        excluded.Count == 0 ? hits : [.. hits.Where(hit => !excluded.Contains(hit.Row)).Take(depth)];

    /// <summary>Passage by passage, so that the deadline is met; a stage that did not get through leaves the order as it was.</summary>
    private static async Task<List<Candidate>> RerankCrossAsync(
        OnnxCrossEncoder crossEncoder, string text, List<Candidate> pool, RetrievalOptions settings, StageClock clock, CancellationToken cancellationToken)
    {
        var head = pool.Take(settings.CrossEncoderDepth).ToList();
        var relevance = new List<float>(head.Count);
        foreach (var pair in head.Chunk(2))
        {
            if (!clock.MayStart("cross-encoder"))
            {
                return pool;
            }

            var scores = await crossEncoder.ScoreAsync(text, [.. pair.Select(candidate => candidate.Indexed.Chunk.EncoderInput)], cancellationToken);
            relevance.AddRange(scores.Select(score => score.Relevance));
        }

        var signal = Signal.Over(relevance, settings.CrossEncoderWeight);
        var reranked = head
            .Select((candidate, i) => candidate with { Relevance = relevance[i], Score = candidate.Score + signal.Of(relevance[i]) })
            .OrderByDescending(candidate => candidate.Score);
        clock.Book("cross-encoder", head.Count);
        return [.. reranked, .. pool.Skip(head.Count)];
    }
}
