using CopilotBot.Indexing;
using CopilotBot.Knowledge;

namespace CopilotBot.Retrieval;

/// <summary>
/// The candidates of one question inside the asker's view: found by both searches, fused, reordered by late interaction, joined by what they lead to. Best
/// first after each step.
/// </summary>
internal sealed class CandidatePool(IKnowledgeView view, RetrievalQuery query, TextEncoding encoding, IReadOnlyList<float> tokenWeights, RetrievalOptions options)
{
    /// <summary>Documents that one passage leads to, and chunks of one of them.</summary>
    private const int MaximumMentions = 20;

    private const int MaximumRows = 20;

    /// <summary>Measured on ret-hotpot-multihop; from .4 to .8 and from 2 to 6 the figures hardly move.</summary>
    private const double ShareOfFirst = .4;

    private const double GainWeight = 4;

    /// <summary>The least that a passage stands behind the one that led to it.</summary>
    private const double Behind = 1e-6;

    private readonly float[] _tokenWeights = [.. tokenWeights];

    private List<PoolCandidate> _candidates = [];

    /// <summary>The signals that are summed, as standardised over the pool.</summary>
    private Signal[] _signals = [];

    public IReadOnlyList<PoolCandidate> Candidates => _candidates;

    /// <summary>Mean and standard deviation of late interaction over the pool; zeros before it.</summary>
    public (double Mean, double Deviation) LateStatistics { get; private set; }

    /// <summary>z-scores over the union of both searches. What is excluded takes no part in them.</summary>
    public async Task FuseAsync(IReadOnlyList<ChunkHit> lexical, IReadOnlyList<ChunkHit> dense, CancellationToken cancellationToken)
    {
        var lexicalRanks = Ranks(lexical);
        var denseRanks = Ranks(dense);
        int[] rows = [.. lexicalRanks.Keys.Union(denseRanks.Keys)];
        var scores = await view.ScoreAsync(query.Text, encoding.SentenceVector, rows, cancellationToken);
        var isFused = query.Pipeline >= RetrievalPipeline.Fused;
        _signals =
        [
            Signal.Over(scores.Lexical, isFused ? options.LexicalWeight : query.Pipeline == RetrievalPipeline.Bm25 ? 1 : 0),
            Signal.Over(scores.Cosines, query.Pipeline == RetrievalPipeline.Bm25 ? 0 : 1),
            Signal.Over(scores.DocumentLexical, isFused ? options.DocumentLexicalWeight : 0),
            Signal.Over(scores.OpeningCosines, isFused ? options.OpeningWeight : 0),
        ];
        _candidates =
        [
            .. rows.Select((row, i) => Create(row, scores, i) with
                {
                    LexicalRank = lexicalRanks.TryGetValue(row, out var lexicalRank) ? lexicalRank : null,
                    DenseRank = denseRanks.TryGetValue(row, out var denseRank) ? denseRank : null,
                })
                .OrderByDescending(candidate => candidate.Score)
                .ThenBy(candidate => candidate.Row)
                .Select((candidate, i) => candidate with { FusedRank = i + 1 }),
        ];
    }

    /// <summary>Adds late interaction to the scores of the first candidates; those behind them are let go, since their scores would not compare.</summary>
    public async Task RerankLateAsync(int depth, CancellationToken cancellationToken)
    {
        var head = _candidates.Take(depth).ToList();
        var similarities = await view.MatchTokensAsync(encoding, [.. head.Select(candidate => candidate.Row)], cancellationToken);
        float[] late = [.. similarities.Select(best => LateInteractionReranker.WeightedMean(best, _tokenWeights))];
        var signal = Signal.Over(late, options.LateWeight);
        LateStatistics = (signal.Mean, signal.Deviation);
        _signals = [.. _signals, signal];
        _candidates =
        [
            .. Enumerable.Range(0, head.Count)
                .OrderByDescending(i => late[i])
                .Select((i, rank) => head[i] with { Late = late[i], LateRank = rank + 1, Similarities = similarities[i], Score = head[i].Score + signal.Of(late[i]) })
                .OrderByDescending(candidate => candidate.Score)
                .ThenBy(candidate => candidate.FusedRank),
        ];
    }

    /// <summary>
    /// Second hop: what the first passages name or link to comes up behind them when it covers of the question what they leave open. The score of j behind i is
    /// own(j) + share max(0, score(i)) + weight gain / sd(late), never above score(i), so the first place never changes; the gain is the weighted mean over the
    /// question's word pieces of max(0, best similarity in j - best similarity in i). To be called after late interaction.
    /// </summary>
    public async Task FollowMentionsAsync(CancellationToken cancellationToken)
    {
        var first = _candidates.DistinctBy(candidate => candidate.Document).Take(options.SecondHopPassages).ToList();
        if (first.Count == 0 || LateStatistics.Deviation < Signal.Negligible)
        {
            return;
        }

        var mentions = await view.FindMentionsAsync([.. first.Select(candidate => candidate.Row)], cancellationToken);
        List<DocumentId> documents = [.. mentions.SelectMany(named => named.Take(MaximumMentions)).Where(document => !query.Exclude.Contains(document)).Distinct()];
        var rows = (await view.GetRowsAsync(documents, cancellationToken)).Zip(documents).ToDictionary(pair => pair.Second, pair => pair.First.Take(MaximumRows).ToList());
        var reachable = await CompleteAsync([.. rows.Values.SelectMany(row => row)], cancellationToken);
        var own = reachable.ToDictionary(pair => pair.Key, pair => pair.Value.Score);
        foreach (var (from, named) in first.Zip(mentions))
        {
            foreach (var row in named.Where(rows.ContainsKey).SelectMany(document => rows[document]))
            {
                var to = reachable[row];
                var score = Math.Min(own[row] + (ShareOfFirst * Math.Max(0, from.Score)) + (GainWeight * Gain(from, to) / LateStatistics.Deviation), from.Score - Behind);
                if (score > to.Score)
                {
                    reachable[row] = to with { Score = score, ReachedFrom = from.Document };
                }
            }
        }

        // What is only named and covers nothing more has its own score: it stands where a search would have put it.
        _candidates =
        [
            .. _candidates.Select(candidate => reachable.Remove(candidate.Row, out var reached) ? reached : candidate)
                .Concat(reachable.Values.OrderBy(candidate => candidate.Row).ToList())
                .OrderByDescending(candidate => candidate.Score),
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
                if (siblings < perDocument && (query.KeepCopies || duplicates.TryKeep(chunk)))
                {
                    kept.Add(new Candidate(candidate) { Indexed = chunk });
                    perDocumentKept[candidate.Document] = siblings + 1;
                }
            }
        }

        return kept;
    }

    private PoolCandidate Create(int row, RowScores scores, int i)
    {
        var own = _signals[0].Of(scores.Lexical[i]) + _signals[1].Of(scores.Cosines[i]) + _signals[2].Of(scores.DocumentLexical[i]) + _signals[3].Of(scores.OpeningCosines[i]);
        return new PoolCandidate(row, view.GetDocument(row)) { Lexical = scores.Lexical[i], Cosine = scores.Cosines[i], Fused = own, Score = own };
    }

    /// <summary>The rows with all their scores, whether a search found them or not.</summary>
    private async Task<Dictionary<int, PoolCandidate>> CompleteAsync(IReadOnlyList<int> rows, CancellationToken cancellationToken)
    {
        var wanted = rows.ToHashSet();
        var known = _candidates.Where(candidate => wanted.Contains(candidate.Row)).ToDictionary(candidate => candidate.Row);
        int[] others = [.. wanted.Where(row => !known.ContainsKey(row)).Order()];
        var scores = await view.ScoreAsync(query.Text, encoding.SentenceVector, others, cancellationToken);
        var similarities = await view.MatchTokensAsync(encoding, others, cancellationToken);
        for (var i = 0; i < others.Length; i++)
        {
            var late = LateInteractionReranker.WeightedMean(similarities[i], _tokenWeights);
            var candidate = Create(others[i], scores, i);
            known[others[i]] = candidate with { Late = late, Similarities = similarities[i], Score = candidate.Score + _signals[^1].Of(late) };
        }

        return known;
    }

    private double Gain(PoolCandidate from, PoolCandidate to)
    {
        var gains = new float[_tokenWeights.Length];
        for (var i = 0; i < gains.Length; i++)
        {
            gains[i] = Math.Max(0, to.Similarities[i] - from.Similarities[i]);
        }

        return LateInteractionReranker.WeightedMean(gains, _tokenWeights);
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
