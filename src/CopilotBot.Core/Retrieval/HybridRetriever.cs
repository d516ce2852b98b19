using CopilotBot.Indexing;
using CopilotBot.Inference;
using CopilotBot.Knowledge;
using Microsoft.Extensions.Options;

namespace CopilotBot.Retrieval;

/// <summary>
/// BM25 and dense side by side inside the asker's view, fused by z-scores over the union, reordered by late interaction over all candidates, then by the
/// cross-encoder over the top few where there is one. Every stage is optional once the deadline has passed: the order so far stands.
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

        // BM25 runs while the encoder reads the question.
        var lexicalSearch = query.Pipeline == RetrievalPipeline.Dense
            ? Task.FromResult<IReadOnlyList<ChunkHit>>([])
            : Task.Run(() => view.SearchLexicalAsync(query.Text, settings.Depth, cancellationToken), cancellationToken);
        var encoding = (await encoder.EncodeAsync([query.Text], cancellationToken))[0];
        clock.Book("encode");
        var dense = query.Pipeline == RetrievalPipeline.Bm25 ? [] : await view.SearchDenseAsync(encoding.SentenceVector, settings.Depth, cancellationToken);
        clock.Book("dense");
        var lexical = await lexicalSearch;
        clock.Book("bm25");

        var pool = await FuseAsync(view, query, encoding, lexical, dense, settings.LexicalWeight, cancellationToken);
        clock.Book("fuse");
        var weights = view.GetTokenWeights(encoding.TokenIds);
        var lateStatistics = (0d, 0d);
        if (query.Pipeline >= RetrievalPipeline.Late && clock.MayStart())
        {
            (pool, lateStatistics) = RerankLate(pool, encoding, weights, settings);
            clock.Book("late");
        }

        pool = WithoutSurplus(pool, Math.Max(query.Top, crossEncoder is null ? 0 : settings.CrossEncoderDepth), settings.ChunksPerDocument);
        clock.Book("deduplicate");
        if (crossEncoder is not null && clock.MayStart())
        {
            pool = await RerankCrossAsync(crossEncoder, query.Text, pool, settings, clock, cancellationToken);
        }

        return new RetrievalResult
        {
            Candidates = [.. pool.Take(query.Top)],
            Query = encoding,
            QueryWeights = weights,
            LateStatistics = lateStatistics,
            StagesMs = clock.StagesMs,
            WasCutOff = clock.WasCutOff,
        };
    }

    private static async Task<List<Candidate>> FuseAsync(
        IKnowledgeView view, RetrievalQuery query, TextEncoding encoding, IReadOnlyList<ChunkHit> lexical, IReadOnlyList<ChunkHit> dense,
        double lexicalWeight, CancellationToken cancellationToken)
    {
        var (lexicalFactor, denseFactor) = query.Pipeline switch
        {
            RetrievalPipeline.Bm25 => (1, 0),
            RetrievalPipeline.Dense => (0, 1),
            _ => (lexicalWeight, 1d),
        };
        var lexicalRanks = lexical.Select((hit, i) => (hit.Row, Rank: i + 1)).ToDictionary(hit => hit.Row, hit => hit.Rank);
        var denseRanks = dense.Select((hit, i) => (hit.Row, Rank: i + 1)).ToDictionary(hit => hit.Row, hit => hit.Rank);
        int[] rows = [.. lexicalRanks.Keys.Union(denseRanks.Keys)];
        var lexicalScores = await view.ScoreLexicalAsync(query.Text, rows, cancellationToken);
        var chunks = await view.GetChunksAsync(rows, cancellationToken);
        var question = Int8Vectors.QuantiseQuery(encoding.SentenceVector);
        float[] cosines = [.. chunks.Select(chunk => Int8Vectors.Dot(question, chunk.SentenceVector) * Int8Vectors.Scale)];
        var (lexicalZ, denseZ) = (ScoreFusion.ZScores(lexicalScores), ScoreFusion.ZScores(cosines));
        return
        [
            .. Enumerable.Range(0, rows.Length)
                .Where(i => !query.Exclude.Contains(chunks[i].Chunk.DocumentId))
                .Select(i => new Candidate
                {
                    Indexed = chunks[i],
                    LexicalRank = lexicalRanks.TryGetValue(rows[i], out var lexicalRank) ? lexicalRank : null,
                    DenseRank = denseRanks.TryGetValue(rows[i], out var denseRank) ? denseRank : null,
                    Lexical = lexicalScores[i],
                    Cosine = cosines[i],
                    Score = (lexicalFactor * lexicalZ[i]) + (denseFactor * denseZ[i]),
                })
                .OrderByDescending(candidate => candidate.Score)
                .ThenBy(candidate => candidate.Indexed.Chunk.Id.Value, StringComparer.Ordinal)
                .Select((candidate, i) => candidate with { FusedRank = i + 1 }),
        ];
    }

    private static (List<Candidate> Pool, (double Mean, double Deviation) Statistics) RerankLate(
        List<Candidate> pool, TextEncoding encoding, float[] weights, RetrievalOptions settings)
    {
        var question = Int8Vectors.QuantiseQueryRows(encoding.TokenVectors, encoding.TokenDimensions);
        var late = new float[pool.Count];
        Parallel.For(0, pool.Count, i =>
            late[i] = LateInteractionReranker.Score(question, weights, pool[i].Indexed.TokenVectors, encoding.TokenDimensions));
        var z = ScoreFusion.ZScores(late);
        var lateRanks = Enumerable.Range(0, pool.Count).OrderByDescending(i => late[i]).Select((i, rank) => (i, rank)).ToDictionary(x => x.i, x => x.rank + 1);
        return (
            [
                .. pool
                    .Select((candidate, i) => candidate with { Late = late[i], LateRank = lateRanks[i], Score = candidate.Score + (settings.LateWeight * z[i]) })
                    .OrderByDescending(candidate => candidate.Score)
                    .ThenBy(candidate => candidate.FusedRank),
            ],
            ScoreFusion.Statistics(late));
    }

    private static List<Candidate> WithoutSurplus(List<Candidate> pool, int wanted, int perDocument)
    {
        var kept = new List<Candidate>(wanted);
        foreach (var candidate in pool)
        {
            if (kept.Count >= wanted)
            {
                break;
            }

            var siblings = kept.Count(other => other.Indexed.Chunk.DocumentId == candidate.Indexed.Chunk.DocumentId);
            if (siblings < perDocument && !kept.Exists(other => NearDuplicates.Match(other.Indexed, candidate.Indexed)))
            {
                kept.Add(candidate);
            }
        }

        return kept;
    }

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
