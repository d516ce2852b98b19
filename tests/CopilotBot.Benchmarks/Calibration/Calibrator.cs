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
/// seen all questions of the handbook. Search questions of train-ret-nq-gold, each once with its passage and once without, help to tell what has an answer.
/// </summary>
internal static class Calibrator
{
    private const int Folds = 10;

    private const int Passages = 10;

    /// <summary>Of a search question against one of the handbook; from .015 to .03 the cross-validated figures hardly move.</summary>
    private const double WeightOfMore = .015;

    /// <summary>The shipped threshold is the cross-validated one at which this share of the unanswerable is answered.</summary>
    private const double AnsweredUnanswerable = .41;

    public static async Task RunAsync(string shared, string root, string indexFolder, bool write)
    {
        var models = Path.Combine(root, "src", "CopilotBot.Models");
        var data = Path.Combine(shared, "data");
        await using var handbook = await HandbookSet.OpenAsync(Path.Combine(data, "kb-gsa-tts-handbook", "docs.jsonl"), models, indexFolder);
        var cases = await RetrieveAsync(handbook, AnswerQuestion.Load(Path.Combine(data, "qa-gsa-handbook", "questions.jsonl")), withhold: false);
        PrintRetrieval(cases);
        await using var search = await HandbookSet.OpenAsync(Path.Combine(data, "train-ret-nq-gold", "corpus.jsonl"), models, indexFolder);
        var questions = SearchQuestions.Load(Path.Combine(data, "train-ret-nq-gold"));
        IReadOnlyList<CalibrationCase> more = [.. await RetrieveAsync(search, questions, withhold: false), .. await RetrieveAsync(search, questions, withhold: true)];

        var judged = new List<(CalibrationCase Case, bool Right, double Confidence, int Words)>();
        for (var fold = 0; fold < Folds; fold++)
        {
            var model = Fit([.. cases.Where((_, i) => i % Folds != fold)], more);
            judged.AddRange(cases.Where((_, i) => i % Folds == fold).Select(item => Judge(item, model)));
        }

        Console.WriteLine("cross-validated:");
        PrintCurve(judged);
        var final = Fit(cases, more);
        var seen = cases.Select(item => Judge(item, final)).ToList();
        Console.WriteLine("fitted on all (optimistic):");
        PrintCurve(seen);
        final = final with { Threshold = ThresholdAt(judged, AnsweredUnanswerable) };
        Console.WriteLine($"threshold {final.Threshold:0.000}");
        foreach (var (name, weight) in UnitFeatures.Names.Zip(final.UnitWeights).Concat(EvidenceFeatures.Names.Zip(final.EvidenceWeights)))
        {
            Console.WriteLine($"  {name,-16} {weight,8:0.000}");
        }

        if (write)
        {
            File.WriteAllText(Path.Combine(root, "src", "CopilotBot.Core", "Answering", "extractor.json"), JsonSerializer.Serialize(final, ExtractorModelJson.Default.ExtractorModel) + "\n");
        }
    }

    /// <param name="withhold">Takes the pages that answer out, which makes questions without an answer; those that another passage answers are left out.</param>
    private static async Task<List<CalibrationCase>> RetrieveAsync(HandbookSet set, IReadOnlyList<AnswerQuestion> questions, bool withhold)
    {
        var retriever = new HybridRetriever(set.Index, set.Encoder, new OptionalCrossEncoder(null), Options.Create(new RetrievalOptions()), TimeProvider.System);
        var cases = new List<CalibrationCase>();
        foreach (var question in questions)
        {
            var right = CalibrationCase.RightPagesOf(question);
            var retrieval = await retriever.SearchAsync(new RetrievalQuery(question.Question, HandbookSet.Allowed, withhold ? 4 * Passages : Passages), CancellationToken.None);
            var candidates = retrieval.Candidates.Where(candidate => !withhold || !right.Contains(candidate.Indexed.Chunk.DocumentId)).Take(Passages).ToList();
            var passages = candidates.Select((candidate, i) =>
            {
                var document = set.Documents[candidate.Indexed.Chunk.DocumentId];
                return new Passage(i + 1, candidate, new DocumentHeader(document.Id, document.Kind, document.Title, "", "", default, "1", document.AccessSet, ""));
            }).ToList();
            var request = new GroundingRequest(question.Question, passages, retrieval with { Candidates = candidates });
            if (!withhold)
            {
                cases.Add(new CalibrationCase(question, request));
            }
            else if (!AnswerEvaluator.Holds(string.Join(' ', passages.Take(AnswerExtractor.MaximumPassages).Select(passage => passage.Candidate.Indexed.Chunk.Text)), question.MustHave))
            {
                cases.Add(new CalibrationCase(question with { DocId = null }, request));
            }
        }

        return cases;
    }

    /// <param name="more">Cases of another kind that only help to tell what can be answered.</param>
    private static ExtractorModel Fit(IReadOnlyList<CalibrationCase> cases, IReadOnlyList<CalibrationCase> more)
    {
        var units = cases.Where(item => item.Question.DocId is not null).SelectMany(item => item.Units.Select(unit => (unit.Features, item.IsRight(unit), 1.0))).ToList();
        var (unitWeights, unitBias) = LogisticRegression.Fit(units, .002, 300);
        var partial = new ExtractorModel(unitWeights, unitBias, new float[EvidenceFeatures.Names.Count], 0, 0);
        var evidence = cases.Select(item => (item, Share: 1.0)).Concat(more.Select(item => (item, Share: WeightOfMore))).Where(x => x.item.Units.Count > 0).Select(x =>
        {
            var right = x.item.Question.DocId is not null && Judge(x.item, partial).Right;
            return (x.item.Evidence(partial), right, x.Share * (x.item.Question.DocId is null ? 1.5 : right ? 1.0 : .3));
        }).ToList();
        var (evidenceWeights, evidenceBias) = LogisticRegression.Fit(evidence, .05, 300);
        return partial with { EvidenceWeights = evidenceWeights, EvidenceBias = evidenceBias };
    }

    private static (CalibrationCase Case, bool Right, double Confidence, int Words) Judge(CalibrationCase item, ExtractorModel model)
    {
        if (item.Units.Count == 0)
        {
            return (item, false, 0, 0);
        }

        var ranked = item.Units.Select(unit => (unit, model.UnitProbability(unit.Features))).OrderByDescending(x => x.Item2).ToList();
        var chosen = AnswerExtractor.Select(ranked);
        var text = AnswerExtractor.Compose(chosen);
        var right = AnswerEvaluator.Holds(text, item.Question.MustHave) && chosen.Any(unit => item.RightPages.Contains(unit.Passage.Candidate.Indexed.Chunk.DocumentId));
        return (item, right, model.EvidenceProbability(item.Evidence(model)), text.Split(' ', '\n').Count(word => !word.StartsWith('[')));
    }

    private static double ThresholdAt(IReadOnlyList<(CalibrationCase Case, bool Right, double Confidence, int Words)> judged, double share)
    {
        var confidences = judged.Where(x => x.Case.Question.DocId is null).Select(x => x.Confidence).OrderDescending().ToList();
        return Math.Round(confidences[(int)(share * confidences.Count)], 3);
    }

    private static void PrintCurve(IReadOnlyList<(CalibrationCase Case, bool Right, double Confidence, int Words)> judged)
    {
        var answerable = judged.Where(x => x.Case.Question.DocId is not null).ToList();
        Console.WriteLine($"  all answered: right {(double)answerable.Count(x => x.Right) / answerable.Count:0.000}, {answerable.Average(x => x.Words):0.0} words");
        foreach (var share in (double[])[.2, .25, .3, .35, .4, .45])
        {
            var threshold = ThresholdAt(judged, share);
            var answered = judged.Where(x => x.Confidence > threshold).ToList();
            Console.WriteLine(
                $"  unanswerable answered {(double)answered.Count(x => x.Case.Question.DocId is null) / judged.Count(x => x.Case.Question.DocId is null):0.000}: right and cited " +
                $"{(double)answered.Count(x => x.Case.Question.DocId is not null && x.Right) / answerable.Count:0.000}, answered {(double)answered.Count(x => x.Case.Question.DocId is not null) / answerable.Count:0.000}, {answered.Average(x => x.Words):0.0} words, threshold {threshold:0.000}");
        }
    }

    private static void PrintRetrieval(IReadOnlyList<CalibrationCase> cases)
    {
        var answerable = cases.Where(item => item.Question.DocId is not null).ToList();
        double Share(Func<CalibrationCase, bool> counts) => (double)answerable.Count(counts) / answerable.Count;
        Console.WriteLine($"page at 1/3/5: {Share(x => x.PageRank <= 1):0.000} / {Share(x => x.PageRank <= 3):0.000} / {Share(x => x.PageRank <= 5):0.000}");
        Console.WriteLine($"answer words in 1/3/5 chunks: {Share(x => x.HoldsIn(1)):0.000} / {Share(x => x.HoldsIn(3)):0.000} / {Share(x => x.HoldsIn(5)):0.000}");
    }
}
