using CopilotBot.Knowledge;

namespace CopilotBot.Inference;

/// <summary>What a tagger read in a message.</summary>
/// <param name="Intents">All intents with their probabilities, the most likely first.</param>
/// <param name="Spans">In their order; they do not overlap.</param>
public sealed record TaggedText(IReadOnlyList<(string Intent, double Probability)> Intents, IReadOnlyList<TaggedSpan> Spans)
{
    /// <summary>Where no intent is as likely as this the message is out of scope; null when the tagger was trained without such a line.</summary>
    public double? OutOfScopeThreshold { get; init; }

    public bool IsOutOfScope => Intents[0].Probability < OutOfScopeThreshold;
}

/// <param name="Label">Slot, such as "system".</param>
/// <param name="Span">Characters of the message.</param>
/// <param name="Probability">That of its least certain word.</param>
public sealed record TaggedSpan(string Label, TextSpan Span, double Probability);
