namespace CopilotBot.Pages;

/// <summary>Words of an answer, or a marker that points to a source.</summary>
/// <param name="Source">Number of the source, or null for words.</param>
public sealed record AnswerPart(string Text, int? Source);
