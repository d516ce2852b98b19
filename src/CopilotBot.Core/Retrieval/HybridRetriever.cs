using CopilotBot.Indexing;
using CopilotBot.Inference;
using Microsoft.Extensions.Options;

namespace CopilotBot.Retrieval;

/// <summary>
/// BM25 and dense side by side inside the asker's view, fused by z-scores over the union, reordered by late interaction over all candidates, joined by what
/// the first of them name or link to, then reordered by the cross-encoder over the top few where there is one. Every stage is optional once the deadline has passed: the order so far stands.
/// </summary>
public sealed class HybridRetriever(
    IKnowledgeIndex index, OnnxTextEncoder encoder, OptionalCrossEncoder optionalCrossEncoder, IOptions<RetrievalOptions> options, TimeProvider time)
{
    public async Task<RetrievalResult> SearchAsync(RetrievalQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var settings = options.Value;
        var crossEncoder = query.Pipeline == RetrievalPipeline.Full ? optionalCrossEncoder.Model : null;
        var clock = new StageClock(time, TimeSpan.FromMilliseconds(settings.DeadlineMs));
        using var view = index.OpenView(query.Allowed);

        // Whatever takes no part is known by its rows, and the searches go deeper by their number.
        var excluded = (await view.GetRowsAsync([.. query.Exclude], cancellationToken)).SelectMany(rows => rows).ToHashSet();

        // BM25 runs while the encoder reads the question.
        var lexicalSearch = query.Pipeline == RetrievalPipeline.Dense
            ? Task.FromResult<IReadOnlyList<ChunkHit>>([])
            : Task.Run(() => view.SearchLexicalAsync(query.Text, settings.Depth + excluded.Count, cancellationToken), cancellationToken);
        var encoding = (await encoder.EncodeAsync([query.Text], cancellationToken))[0];
        clock.Book("encode");
        var dense = query.Pipeline == RetrievalPipeline.Bm25 ? [] : await view.SearchDenseAsync(encoding.SentenceVector, settings.Depth + excluded.Count, cancellationToken);
        clock.Book("dense");
        var lexical = await lexicalSearch;
        clock.Book("bm25");

        var weights = view.GetTokenWeights(encoding.TokenIds);
        var pool = new CandidatePool(view, query, encoding, weights, settings);
        await pool.FuseAsync(Without(excluded, lexical, settings.Depth), Without(excluded, dense, settings.Depth), cancellationToken);
        clock.Book("fuse");
        if (query.Pipeline >= RetrievalPipeline.Late && clock.MayStart())
        {
            await pool.RerankLateAsync(pool.Candidates.Count, cancellationToken);
            clock.Book("late");
            if (query.Pipeline == RetrievalPipeline.Full && settings.SecondHopPassages > 0 && clock.MayStart())
            {
                await pool.FollowMentionsAsync(cancellationToken);
                clock.Book("second-hop");
            }
        }

        var candidates = await pool.TakeAsync(Math.Max(query.Top, crossEncoder is null ? 0 : settings.CrossEncoderDepth), settings.ChunksPerDocument, cancellationToken);
        clock.Book("deduplicate");
        if (crossEncoder is not null && clock.MayStart())
        {
            candidates = await RerankCrossAsync(crossEncoder, query.Text, candidates, settings, clock, cancellationToken);
        }

        return new RetrievalResult
        {
            Candidates = [.. candidates.Take(query.Top)],
            Query = encoding,
            QueryWeights = weights,
            LateStatistics = pool.LateStatistics,
            StagesMs = clock.StagesMs,
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
            if (!clock.MayStart())
            {
                return pool;
            }

            var scores = await crossEncoder.ScoreAsync(text, [.. pair.Select(candidate => candidate.Indexed.Chunk.EncoderInput)], cancellationToken);
            relevance.AddRange(scores.Select(score => score.Relevance));
        }

        var z = ScoreFusion.ZScores(relevance);
        var reranked = head
            .Select((candidate, i) => candidate with { Relevance = relevance[i], Score = candidate.Score + (settings.CrossEncoderWeight * z[i]) })
            .OrderByDescending(candidate => candidate.Score);
        clock.Book("cross-encoder");
        return [.. reranked, .. pool.Skip(head.Count)];
    }
}
