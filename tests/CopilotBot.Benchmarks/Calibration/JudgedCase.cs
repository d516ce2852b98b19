using CopilotBot.Answering;
using CopilotBot.Evaluation;

namespace CopilotBot.Benchmarks.Calibration;

/// <summary>What a model of the units would say to a question.</summary>
/// <param name="Evidence">See <see cref="EvidenceFeatures"/>.</param>
internal sealed record JudgedCase(CalibrationCase Case, string Text, bool IsRight, float[] Evidence)
{
    public int Words => Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Count(word => !word.StartsWith('['));

    /// <param name="evidence">False where nobody asks for it: it costs most.</param>
    public static JudgedCase Of(CalibrationCase item, LinearModel units, double minimumGain, bool evidence = true)
    {
        var model = new ExtractorModel(units, units, 0, minimumGain);
        var ranked = model.Rank(item.Units);
        var chosen = UnitSelector.Choose(ranked, minimumGain);
        var text = AnswerExtractor.Write(item.Request.Question, chosen, ranked);
        var right = item.IsAnswerable && AnswerEvaluator.Holds(text, item.Question.MustHave) && chosen.Any(unit => item.RightPages.Contains(unit.DocumentId));
        return new JudgedCase(item, text, right, evidence ? EvidenceFeatures.Of(item.Request, ranked, units.Score(ranked[0].Unit.Features), chosen) : []);
    }
}
