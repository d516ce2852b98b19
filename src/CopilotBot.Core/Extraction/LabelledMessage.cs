using CopilotBot.Knowledge;

namespace CopilotBot.Extraction;

/// <summary>A message with what a person says is in it.</summary>
/// <param name="Words">Characters of each word, as the set cuts them.</param>
/// <param name="Tags">BIO, one for each word; null in a set of intents alone.</param>
/// <param name="IsOutOfScope">No intent of the set fits.</param>
/// <param name="Style">How it was written, where the set tells.</param>
public sealed record LabelledMessage(string Text, IReadOnlyList<TextSpan> Words, IReadOnlyList<string>? Tags, string Intent, bool IsOutOfScope, string Split, string? Part, string? Style)
{
    /// <summary>The slots: runs of tags.</summary>
    public IReadOnlyList<(string Slot, TextSpan Span)> Slots => Tags is null ? [] : TagRuns.Of(Tags, Words);
}
