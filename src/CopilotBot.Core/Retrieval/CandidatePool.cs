using CopilotBot.Indexing;
using CopilotBot.Knowledge;

namespace CopilotBot.Retrieval;

/// <summary>The candidates of one question inside the asker's view: found by both searches, fused, reordered by late interaction. Best first after each step.</summary>
internal sealed class CandidatePool(IKnowledgeView view, RetrievalQuery query, TextEncoding encoding)
{
    private List<PoolCandidate> _candidates = [];

    public IReadOnlyList<PoolCandidate> Candidates => _candidates;

    /// <summary>Mean and standard deviation of late interaction over the pool; zeros before it.</summary>
    public (double Mean, double Deviation) LateStatistics { get; private set; }

    /// <summary>z-scores over the union of both searches. What is excluded takes no part in them.</summary>
    public async Task FuseAsync(IReadOnlyList<ChunkHit> lexical, IReadOnlyList<ChunkHit> dense, double lexicalWeight, CancellationToken cancellationToken)
    {
        var (lexicalFactor, denseFactor) = query.Pipeline switch
        {
            RetrievalPipeline.Bm25 => (1, 0),
            RetrievalPipeline.Dense => (0, 1),
            _ => (lexicalWeight, 1d),
        };
        var lexicalRanks = Ranks(lexical);
        var denseRanks = Ranks(dense);
        int[] rows = [.. lexicalRanks.Keys.Union(denseRanks.Keys)];
        var scores = await view.ScoreAsync(query.Text, encoding.SentenceVector, rows, cancellationToken);
        var (lexicalZ, denseZ) = (ScoreFusion.ZScores(scores.Lexical), ScoreFusion.ZScores(scores.Cosines));
        _candidates =
        [
            .. rows.Select((row, i) => new PoolCandidate(row, view.GetDocument(row))
                {
                    LexicalRank = lexicalRanks.TryGetValue(row, out var lexicalRank) ? lexicalRank : null,
                    DenseRank = denseRanks.TryGetValue(row, out var denseRank) ? denseRank : null,
                    Lexical = scores.Lexical[i],
                    Cosine = scores.Cosines[i],
                    Score = (lexicalFactor * lexicalZ[i]) + (denseFactor * denseZ[i]),
                })
                .OrderByDescending(candidate => candidate.Score)
                .ThenBy(candidate => candidate.Row)
                .Select((candidate, i) => candidate with { FusedRank = i + 1 }),
        ];
    }

    /// <summary>Adds late interaction to the scores of the first candidates; those behind them are let go, since their scores would not compare.</summary>
    public async Task RerankLateAsync(IReadOnlyList<float> weights, double lateWeight, int depth, CancellationToken cancellationToken)
    {
        var head = _candidates.Take(depth).ToList();
        var similarities = await view.MatchTokensAsync(encoding, [.. head.Select(candidate => candidate.Row)], cancellationToken);
        float[] tokenWeights = [.. weights];
        float[] late = [.. similarities.Select(best => LateInteractionReranker.WeightedMean(best, tokenWeights))];
        var z = ScoreFusion.ZScores(late);
        LateStatistics = ScoreFusion.Statistics(late);
        _candidates =
        [
            .. Enumerable.Range(0, head.Count)
                .OrderByDescending(i => late[i])
                .Select((i, rank) => head[i] with { Late = late[i], LateRank = rank + 1, Similarities = similarities[i], Score = head[i].Score + (lateWeight * z[i]) })
                .OrderByDescending(candidate => candidate.Score)
                .ThenBy(candidate => candidate.FusedRank),
        ];
    }

    /// <summary>The best candidates with text and vectors, near-duplicates and surplus chunks of a document left out.</summary>
    public async Task<List<Candidate>> TakeAsync(int wanted, int perDocument, CancellationToken cancellationToken)
    {
        var kept = new List<Candidate>(Math.Min(wanted, _candidates.Count));
        var perDocumentKept = new Dictionary<DocumentId, int>();
        var duplicates = new NearDuplicates();
        var next = 0;
        while (kept.Count < wanted && next < _candidates.Count)
        {
            // As many as are still missing are read at once; some of them turn out to be copies or surplus.
            var block = new List<PoolCandidate>(wanted - kept.Count);
            for (; next < _candidates.Count && block.Count < wanted - kept.Count; next++)
            {
                if (perDocumentKept.GetValueOrDefault(_candidates[next].Document) < perDocument)
                {
                    block.Add(_candidates[next]);
                }
            }

            var chunks = await view.GetChunksAsync([.. block.Select(candidate => candidate.Row)], cancellationToken);
            foreach (var (candidate, chunk) in block.Zip(chunks))
            {
                var siblings = perDocumentKept.GetValueOrDefault(candidate.Document);
                if (siblings < perDocument && duplicates.TryKeep(chunk))
                {
                    kept.Add(candidate.With(chunk));
                    perDocumentKept[candidate.Document] = siblings + 1;
                }
            }
        }

        return kept;
    }

    private static Dictionary<int, int> Ranks(IReadOnlyList<ChunkHit> hits)
    {
        var ranks = new Dictionary<int, int>(hits.Count);
        foreach (var hit in hits)
        {
            ranks.Add(hit.Row, ranks.Count + 1);
        }

        return ranks;
    }
}
