using CopilotBot.Indexing;
using CopilotBot.Retrieval;

namespace CopilotBot.Answering;

/// <summary>Describes how well the best passages cover a question, to tell questions with an answer from those without.</summary>
public static class EvidenceFeatures
{
    /// <summary>Word pieces of the questions that the model was fitted on lie between these, but for a few: beyond them their number says nothing more.</summary>
    private const int ShortestCalibrated = 9;

    private const int LongestCalibrated = 40;

    /// <summary>Names in the order of the feature vector.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "bestUnit", "secondUnit", "late1", "late2", "late3", "lateGap6", "lateZ1", "cosine1", "bestCosine", "coverage3", "weakest3", "lexicalPerToken", "agree", "tokens", "numberMissing", "exact1", "exact3", "headingLate", "unitOwn",
    ];

    /// <param name="unitProbabilities">Of all units, best first.</param>
    /// <param name="bestOwn">Highest similarity of a unit's own words.</param>
    public static float[] Of(GroundingRequest request, IReadOnlyList<double> unitProbabilities, float bestOwn)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(unitProbabilities);
        var candidates = request.Passages.Select(passage => passage.Candidate).ToList();
        float[] weights = [.. request.Retrieval.QueryWeights];
        var query = Int8Vectors.QuantiseQueryRows(request.Retrieval.Query.TokenVectors, request.Retrieval.Query.TokenDimensions);
        var covered = Coverage(query, weights.Length, candidates.Take(3).ToList());
        var (mean, deviation) = request.Retrieval.LateStatistics;
        var first = candidates[0];
        return
        [
            Logit(unitProbabilities.ElementAtOrDefault(0)),
            Logit(unitProbabilities.ElementAtOrDefault(1)),
            first.Late,
            candidates.ElementAtOrDefault(1)?.Late ?? 0,
            candidates.ElementAtOrDefault(2)?.Late ?? 0,
            first.Late - (candidates.ElementAtOrDefault(5)?.Late ?? 0),
            deviation < 1e-6 ? 0 : (float)((first.Late - mean) / deviation),
            first.Cosine,
            candidates.Max(candidate => candidate.Cosine),
            LateInteractionReranker.WeightedMean(covered, weights),
            covered.Length == 0 ? 0 : covered.Zip(weights).Where(pair => pair.Second >= weights.Max() * .6f).Min(pair => pair.First),
            candidates.Max(candidate => candidate.Lexical) / Math.Max(1, weights.Sum()),
            first.LexicalRank is <= 5 && first.DenseRank is <= 5 ? 1 : 0,
            MathF.Log(1 + Math.Clamp(weights.Length, ShortestCalibrated, LongestCalibrated)),
            QuestionForm.Of(request.Question).WantsNumber && !first.Indexed.Chunk.Text.Any(char.IsDigit) ? 1 : 0,
            ExactCoverage(request, 1),
            ExactCoverage(request, 3),
            HeadingLate(query, weights, first.Indexed),
            bestOwn,
        ];
    }

    /// <summary>Share of the question's weight whose word pieces stand in the first passages as they are.</summary>
    private static float ExactCoverage(GroundingRequest request, int passages)
    {
        var present = request.Passages.Take(passages).SelectMany(passage => passage.Candidate.Indexed.TokenIds).ToHashSet();
        var weights = request.Retrieval.QueryWeights;
        var total = weights.Sum();
        return total <= 0 ? 0 : request.Retrieval.Query.TokenIds.Zip(weights).Where(pair => present.Contains(pair.First)).Sum(pair => pair.Second) / total;
    }

    /// <summary>Late interaction with title and headings of the passage alone.</summary>
    private static float HeadingLate(short[] query, float[] weights, IndexedChunk indexed)
    {
        var tokens = indexed.Chunk.Units.Count == 0 ? 0 : Math.Min(indexed.Chunk.Units[0].FirstToken, indexed.TokenIds.Length);
        return LateInteractionReranker.Score(query, weights, indexed.TokenVectors.AsSpan(0, tokens * indexed.TokenDimensions), indexed.TokenDimensions);
    }

    private static float Logit(double probability)
    {
        var bounded = Math.Clamp(probability, 1e-4, 1 - 1e-4);
        return (float)Math.Log(bounded / (1 - bounded));
    }

    /// <summary>Best similarity of each question token over the given passages together.</summary>
    private static float[] Coverage(short[] query, int tokens, IReadOnlyList<Candidate> candidates)
    {
        var covered = new float[tokens];
        var best = new float[covered.Length];
        foreach (var candidate in candidates)
        {
            LateInteractionReranker.BestSimilarities(query, candidate.Indexed.TokenVectors, candidate.Indexed.TokenDimensions, best);
            for (var i = 0; i < covered.Length; i++)
            {
                covered[i] = Math.Max(covered[i], best[i]);
            }
        }

        return covered;
    }
}
