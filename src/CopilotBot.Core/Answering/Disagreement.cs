namespace CopilotBot.Answering;

/// <summary>Two documents that give different values for the same thing.</summary>
public sealed record Disagreement(VerifiedSentence Current, VerifiedSentence Outdated);
