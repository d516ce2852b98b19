namespace CopilotBot.Answering;

/// <summary>The sentence that an answer begins with, and the short answer in it.</summary>
/// <param name="Text">A verbatim part of the unit as it is rendered, said in front; null when the sentence stands for itself.</param>
public sealed record LeadAnswer(AnswerUnit Unit, string? Text)
{
    /// <summary>Its sentence can come first: nothing of its passage has to be read before it.</summary>
    public bool MayMove(IReadOnlyList<AnswerUnit> units) =>
        AnswerComposer.LeadInOf(Unit) is null && !UnitWording.PointsBack(Unit.Text)
        && !units.Any(other => other.Passage == Unit.Passage && other.Index == Unit.Index + 1 && (UnitWording.PointsBack(other.Text) || UnitWording.RestrictsBefore(other.Text)));
}
