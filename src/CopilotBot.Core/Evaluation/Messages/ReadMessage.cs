using CopilotBot.Extraction;
using CopilotBot.Knowledge;

namespace CopilotBot.Evaluation.Messages;

/// <summary>A labelled message and what was read in it.</summary>
/// <param name="Intent">As the set names it.</param>
/// <param name="Milliseconds">Of the reading.</param>
public sealed record ReadMessage(LabelledMessage Message, string Intent, bool IsOutOfScope, IReadOnlyList<(string Slot, TextSpan Span)> Spans, double Milliseconds);
