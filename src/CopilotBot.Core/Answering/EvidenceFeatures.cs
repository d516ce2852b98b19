namespace CopilotBot.Answering;

/// <summary>Describes how well the best passages and units cover a question, to tell questions with an answer from those without.</summary>
public static class EvidenceFeatures
{
    /// <summary>Word pieces of the questions that the model was fitted on lie between these, but for a few: beyond them their number says nothing more.</summary>
    private const int ShortestCalibrated = 9;

    private const int LongestCalibrated = 40;

    /// <summary>A rank that the search did not reach counts as this one.</summary>
    private const int RankOfNone = 100;

    /// <summary>Features of the best unit that count here too.</summary>
    private static readonly IReadOnlyList<string> OfBestUnit = ["own", "withContext", "exact", "exactAround", "precision", "cosine", "weakest", "chunkBest"];

    /// <summary>Names in the order of the feature vector.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "late1", "late2", "late3", "lateZ1", "late1Over5", "cosine1", "bestCosine", "coverage3", "weakest3", "lexicalPerToken", "agree", "tokens", "numberMissing", "exact1", "exact3",
        "headingLate", "lexicalRank1", "denseRank1", "bestDenseRank", "score1", "score3", "scoreGap2", "sameDocument3",
        "topScore", "sumOfScores", "topProbability", "chosenProbability", "entropy", "pageProbability", .. OfBestUnit.Select(name => $"top.{name}"), "maxOwn", "maxCosine", "maxExact",
        "missing1", "missing3", "missing10", "missingCount", "missingChosen", "contentWords", "heavyMissing3", "heavyMissing10", "heaviest", "meanWeight",
        "wantsNumber", "isYesNo", "wantsSteps", "wantsContact", "wantsList",
    ];

    /// <param name="ranked">All units, best first; at least one.</param>
    /// <param name="topScore">Score of the best unit before the units compete.</param>
    /// <param name="chosen">What an answer would say.</param>
    public static float[] Of(GroundingRequest request, IReadOnlyList<RankedUnit> ranked, double topScore, IReadOnlyList<AnswerUnit> chosen)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(ranked);
        ArgumentNullException.ThrowIfNull(chosen);
        var question = new AskedWords(request);
        var form = question.Form;
        return
        [
            .. OfPassages(request, question), .. OfUnits(ranked, topScore, chosen), .. OfMissingWords(request, question, chosen),
            form.WantsNumber ? 1 : 0, form.IsYesNo ? 1 : 0, form.WantsSteps ? 1 : 0, form.WantsContact ? 1 : 0, form.WantsList ? 1 : 0,
        ];
    }

    private static float[] OfPassages(GroundingRequest request, AskedWords question)
    {
        var candidates = request.Passages.Select(passage => passage.Candidate).ToList();
        var weights = question.Weights;
        var covered = candidates.Take(3).Select(candidate => question.Best(candidate.Indexed, 0, candidate.Indexed.TokenIds.Length))
            .Aggregate((left, right) => [.. left.Zip(right, Math.Max)]);
        var (mean, deviation) = request.Retrieval.LateStatistics;
        var first = candidates[0];
        var headingTokens = first.Indexed.Chunk.Units.Count == 0 ? 0 : first.Indexed.Chunk.Units[0].FirstToken;
        return
        [
            first.Late,
            candidates.ElementAtOrDefault(1)?.Late ?? 0,
            candidates.ElementAtOrDefault(2)?.Late ?? 0,
            deviation < 1e-6 ? 0 : (float)((first.Late - mean) / deviation),
            first.Late - candidates.Take(5).Average(candidate => candidate.Late),
            first.Cosine,
            candidates.Max(candidate => candidate.Cosine),
            question.Mean(covered),
            covered.Length == 0 ? 0 : covered.Zip(weights).Where(pair => pair.Second >= weights.Max() * .6f).Min(pair => pair.First),
            candidates.Max(candidate => candidate.Lexical) / Math.Max(1, weights.Sum()),
            first.LexicalRank is <= 5 && first.DenseRank is <= 5 ? 1 : 0,
            MathF.Log(1 + Math.Clamp(weights.Length, ShortestCalibrated, LongestCalibrated)),
            question.Form.WantsNumber && !first.Indexed.Chunk.Text.Any(char.IsDigit) ? 1 : 0,
            question.Exact(first.Indexed.TokenIds),
            question.Exact(candidates.Take(3).SelectMany(candidate => candidate.Indexed.TokenIds)),
            question.Mean(question.Best(first.Indexed, 0, headingTokens)),
            MathF.Log(first.LexicalRank ?? RankOfNone),
            MathF.Log(first.DenseRank ?? RankOfNone),
            candidates.Min(candidate => candidate.DenseRank ?? RankOfNone),
            (float)first.Score,
            (float)(candidates.ElementAtOrDefault(2)?.Score ?? 0),
            (float)(first.Score - (candidates.ElementAtOrDefault(1)?.Score ?? 0)),
            candidates.Take(3).Select(candidate => candidate.Indexed.Chunk.DocumentId).Distinct().Count(),
        ];
    }

    private static IEnumerable<float> OfUnits(IReadOnlyList<RankedUnit> ranked, double topScore, IReadOnlyList<AnswerUnit> chosen)
    {
        var top = ranked[0];
        return
        [
            (float)topScore,
            (float)(topScore - Math.Log(top.Probability)), // log of the sum of all, because the best one's share of it is its probability
            (float)Math.Log(top.Probability + 1e-4),
            (float)ranked.Where(unit => chosen.Contains(unit.Unit)).Sum(unit => unit.Probability),
            (float)-ranked.Sum(unit => unit.Probability * Math.Log(unit.Probability + 1e-12)),
            (float)ranked.GroupBy(unit => unit.Unit.DocumentId).Max(page => page.Sum(unit => unit.Probability)),
            .. OfBestUnit.Select(name => top.Unit.Features[UnitFeatures.IndexOf(name)]),
            .. ((string[])["own", "cosine", "exact"]).Select(UnitFeatures.IndexOf).Select(feature => ranked.Max(unit => unit.Unit.Features[feature])),
        ];
    }

    /// <summary>Words of the question that stand nowhere in what was found, and how rare they are.</summary>
    private static float[] OfMissingWords(GroundingRequest request, AskedWords question, IReadOnlyList<AnswerUnit> chosen)
    {
        var content = UnitFeatures.Words(request.Question).Where(word => word.Length > 2 && !FunctionWords.Contains(word)).Select(UnitFeatures.Stem).ToHashSet(StringComparer.Ordinal);
        var count = Math.Max(1f, content.Count);
        float Missing(IEnumerable<string> words) => content.Except(words).Count();
        IEnumerable<string> First(int passages) => request.Passages.Take(passages).SelectMany(passage => UnitFeatures.Words(passage.Candidate.Indexed.Chunk.EncoderInput)).Select(UnitFeatures.Stem);
        float Heaviest(int passages)
        {
            var present = request.Passages.Take(passages).SelectMany(passage => passage.Candidate.Indexed.TokenIds).ToHashSet();
            return request.Retrieval.Query.TokenIds.Zip(question.Weights).Where(pair => !present.Contains(pair.First)).Select(pair => pair.Second).DefaultIfEmpty(0).Max();
        }

        var everywhere = Missing(First(10));
        return
        [
            Missing(First(1)) / count, Missing(First(3)) / count, everywhere / count, everywhere, Missing(chosen.SelectMany(unit => unit.Words)) / count, content.Count,
            Heaviest(3), Heaviest(10), question.Weights.DefaultIfEmpty(0).Max(), question.Weights.DefaultIfEmpty(0).Average(),
        ];
    }
}
