using System.Text.Json;
using CopilotBot.Answering;
using CopilotBot.Evaluation;
using CopilotBot.Inference;
using CopilotBot.Knowledge;
using CopilotBot.Retrieval;
using Microsoft.Extensions.Options;

namespace CopilotBot.Benchmarks.Calibration;

/// <summary>
/// Fits src/CopilotBot.Core/Answering/extractor.json and prints ten-fold cross-validated figures, which are the honest ones: the shipped weights have
/// seen all questions of the handbook. Evidence is always fitted on units that a model chose which had not seen the question.
/// </summary>
internal static class Calibrator
{
    private const int Folds = 10;

    private const int Passages = 10;

    private const double UnitPenalty = .05;

    private const int UnitIterations = 150;

    private const double EvidencePenalty = .2;

    private const int EvidenceIterations = 150;

    /// <summary>Mean words of the answers if all answerable questions were answered; the minimum gain follows from it.</summary>
    private const double Words = 72;

    /// <summary>The shipped threshold is the cross-validated one at which this share of the unanswerable is answered.</summary>
    private const double AnsweredUnanswerable = .34;

    public static async Task RunAsync(string shared, string root, string indexFolder, bool write)
    {
        var data = Path.Combine(shared, "data");
        await using var handbook = await HandbookSet.OpenAsync(Path.Combine(data, "kb-gsa-tts-handbook", "docs.jsonl"), Path.Combine(root, "src", "CopilotBot.Models"), indexFolder);
        var cases = await RetrieveAsync(handbook, AnswerQuestion.Load(Path.Combine(data, "qa-gsa-handbook", "questions.jsonl")));
        PrintRetrieval(cases);
        var all = Enumerable.Range(0, cases.Count).ToList();

        // The model that leaves out fold f and fold g, for every pair: f to test, g to make evidence of what was not seen.
        var scale = ListwiseRegression.ScaleOf([.. cases.SelectMany(item => item.Units).Select(unit => unit.Features)]);
        var pairs = (from f in Enumerable.Range(-1, Folds + 1) from g in Enumerable.Range(f, Folds - f) select (f, g)).ToList();
        var fits = pairs.AsParallel().Select(pair => (pair, Model: ListwiseRegression.Fit([.. all.Where(i => i % Folds != pair.f && i % Folds != pair.g).Select(i => cases[i])], scale, UnitPenalty, UnitIterations)))
            .ToDictionary(fit => fit.pair, fit => fit.Model);
        LinearModel Without(int f, int g) => fits[(Math.Min(f, g), Math.Max(f, g))];

        var minimumGain = FindMinimumGain([.. all.Where(i => cases[i].IsAnswerable && cases[i].Units.Count > 0).Select(i => (cases[i], Without(i % Folds, i % Folds)))]);
        JudgedCase Judge(int i, int leftOut) => JudgedCase.Of(cases[i], Without(leftOut, i % Folds), minimumGain);
        var usable = all.Where(i => cases[i].Units.Count > 0).ToList();
        var tested = new List<(JudgedCase Judged, double Confidence)>();
        foreach (var fold in Enumerable.Range(0, Folds))
        {
            var evidence = FitEvidence([.. usable.Where(i => i % Folds != fold).AsParallel().AsOrdered().Select(i => Judge(i, fold))]);
            tested.AddRange(usable.Where(i => i % Folds == fold).Select(i => Judge(i, fold)).Select(judged => (judged, Confidence(evidence, judged))));
        }

        Console.WriteLine("cross-validated:");
        PrintCurve(tested);
        PrintKinds(tested);
        var final = new ExtractorModel(
            Without(-1, -1), FitEvidence([.. usable.AsParallel().AsOrdered().Select(i => Judge(i, -1))]), ThresholdAt(tested, AnsweredUnanswerable), minimumGain);
        Console.WriteLine("fitted on all (optimistic):");
        PrintCurve([.. usable.Select(i => JudgedCase.Of(cases[i], final.Units, minimumGain)).Select(judged => (judged, Confidence(final.Evidence, judged)))]);
        Console.WriteLine($"threshold {final.Threshold:0.000}, minimum gain {minimumGain:0.00000}");
        foreach (var (name, weight) in UnitFeatures.Names.Zip(final.Units.Weights).Concat(EvidenceFeatures.Names.Zip(final.Evidence.Weights)))
        {
            Console.WriteLine($"  {name,-18} {weight,8:0.000}");
        }

        if (write)
        {
            File.WriteAllText(Path.Combine(root, "src", "CopilotBot.Core", "Answering", "extractor.json"), JsonSerializer.Serialize(final, ExtractorModelJson.Default.ExtractorModel) + "\n");
        }
    }

    private static async Task<List<CalibrationCase>> RetrieveAsync(HandbookSet set, IReadOnlyList<AnswerQuestion> questions)
    {
        // Without a deadline: a busy machine must not change what is fitted.
        var retriever = new HybridRetriever(set.Index, set.Encoder, new OptionalCrossEncoder(null), Options.Create(new RetrievalOptions { DeadlineMs = 60_000 }), TimeProvider.System);
        var cases = new List<CalibrationCase>();
        foreach (var question in questions)
        {
            var retrieval = await retriever.SearchAsync(new RetrievalQuery(question.Question, HandbookSet.Allowed, Passages), CancellationToken.None);
            var passages = retrieval.Candidates.Select((candidate, i) =>
            {
                var document = set.Documents[candidate.Indexed.Chunk.DocumentId];
                return new Passage(i + 1, candidate, new DocumentHeader(document.Id, document.Kind, document.Title, "", "", default, "1", document.AccessSet, ""));
            }).ToList();
            cases.Add(new CalibrationCase(question, new GroundingRequest(question.Question, passages, retrieval)));
        }

        return cases;
    }

    /// <summary>The one that makes answers of the wanted mean length.</summary>
    private static double FindMinimumGain(IReadOnlyList<(CalibrationCase Case, LinearModel Units)> cases)
    {
        double low = 1e-4, high = .05;
        for (var step = 0; step < 14; step++)
        {
            var middle = Math.Sqrt(low * high);
            var words = cases.AsParallel().Select(item => JudgedCase.Of(item.Case, item.Units, middle, evidence: false).Words).Sum() / (double)cases.Count;
            (low, high) = words > Words ? (middle, high) : (low, middle);
        }

        return high;
    }

    private static LinearModel FitEvidence(IReadOnlyList<JudgedCase> judged) => LogisticRegression.Fit(
        [.. judged.Select(item => (item.Evidence, item.IsRight, item.IsRight ? 1 : item.Case.IsAnswerable ? .3 : 1.5))],
        ListwiseRegression.ScaleOf([.. judged.Select(item => item.Evidence)]),
        EvidencePenalty,
        EvidenceIterations);

    private static double Confidence(LinearModel evidence, JudgedCase judged) => 1 / (1 + Math.Exp(-evidence.Score(judged.Evidence)));

    private static double ThresholdAt(IReadOnlyList<(JudgedCase Judged, double Confidence)> tested, double share)
    {
        var confidences = tested.Where(x => !x.Judged.Case.IsAnswerable).Select(x => x.Confidence).OrderDescending().ToList();
        return Math.Ceiling(confidences[(int)Math.Floor((share * confidences.Count) + 1e-9)] * 1000) / 1000;
    }

    private static void PrintCurve(IReadOnlyList<(JudgedCase Judged, double Confidence)> tested)
    {
        var answerable = tested.Where(x => x.Judged.Case.IsAnswerable).ToList();
        var unanswerable = tested.Where(x => !x.Judged.Case.IsAnswerable).ToList();
        var pairs = answerable.Where(x => x.Judged.IsRight).SelectMany(right => unanswerable, (right, other) => right.Confidence > other.Confidence ? 1.0 : right.Confidence < other.Confidence ? 0 : .5);
        Console.WriteLine($"  all answered: right {(double)answerable.Count(x => x.Judged.IsRight) / answerable.Count:0.000}, {answerable.Average(x => x.Judged.Words):0.0} words; right against unanswerable AUC {pairs.Average():0.000}");
        foreach (var share in (double[])[.2, .25, .3, .35, .4, .45])
        {
            var threshold = ThresholdAt(tested, share);
            var answered = tested.Where(x => x.Confidence > threshold).ToList();
            Console.WriteLine(
                $"  unanswerable answered {(double)answered.Count(x => !x.Judged.Case.IsAnswerable) / unanswerable.Count:0.000}: right and cited {(double)answered.Count(x => x.Judged.IsRight) / answerable.Count:0.000}, " +
                $"answered {(double)answered.Count(x => x.Judged.Case.IsAnswerable) / answerable.Count:0.000}, {answered.Average(x => x.Judged.Words):0.0} words, threshold {threshold:0.000}");
        }
    }

    private static void PrintKinds(IReadOnlyList<(JudgedCase Judged, double Confidence)> tested)
    {
        foreach (var kind in tested.Where(x => x.Judged.Case.IsAnswerable).GroupBy(x => x.Judged.Case.Question.Kind).OrderByDescending(kind => kind.Count()))
        {
            Console.WriteLine($"  {kind.Key,-8} {kind.Count(),3}: right if answered {(double)kind.Count(x => x.Judged.IsRight) / kind.Count():0.000}, {kind.Average(x => x.Judged.Words):0.0} words");
        }
    }

    private static void PrintRetrieval(IReadOnlyList<CalibrationCase> cases)
    {
        var answerable = cases.Where(item => item.IsAnswerable).ToList();
        double Share(Func<CalibrationCase, bool> counts) => (double)answerable.Count(counts) / answerable.Count;
        Console.WriteLine($"page at 1/3/5: {Share(x => x.PageRank <= 1):0.000} / {Share(x => x.PageRank <= 3):0.000} / {Share(x => x.PageRank <= 5):0.000}");
        Console.WriteLine($"answer words in 1/3/5 chunks: {Share(x => x.HoldsIn(1)):0.000} / {Share(x => x.HoldsIn(3)):0.000} / {Share(x => x.HoldsIn(5)):0.000}");
    }
}
