namespace CopilotBot.Pages;

/// <summary>A paragraph (one line) or a list (a line per item) of an answer.</summary>
public sealed record AnswerBlock(bool IsList, IReadOnlyList<IReadOnlyList<AnswerPart>> Lines);
