namespace CopilotBot.Pages;

/// <summary>One line of an answer.</summary>
/// <param name="IsItem">An item of a list.</param>
public sealed record AnswerBlock(bool IsItem, IReadOnlyList<AnswerPart> Parts);
