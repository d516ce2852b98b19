namespace CopilotBot.Answering;

/// <summary>A sentence that its passages support.</summary>
/// <param name="Passages">At least one, the best supporting first.</param>
/// <param name="Quote">The words of the first passage that support it.</param>
public sealed record VerifiedSentence(string Text, IReadOnlyList<Passage> Passages, string Quote);
