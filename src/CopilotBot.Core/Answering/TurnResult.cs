namespace CopilotBot.Answering;

/// <summary>An answer with what evaluation wants to see of its making; never shown to the asker.</summary>
/// <param name="Grounding">What retrieval found, or null when it did not run.</param>
/// <param name="Confidence">Probability that the passages hold an answer, where the model gives one.</param>
public sealed record TurnResult(Answer Answer, GroundingRequest? Grounding, double? Confidence);
