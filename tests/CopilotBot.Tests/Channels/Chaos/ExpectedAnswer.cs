namespace CopilotBot.Tests.Channels.Chaos;

/// <summary>What the people of a conversation are to see in the end for one question.</summary>
/// <param name="Fact">Words that this answer has and no other of the conversation.</param>
/// <param name="HasCard">Whether a card belongs to it, with its sources or the offer to ask privately.</param>
/// <param name="Outdated">Words of the answer from before an edit, which must be gone.</param>
internal sealed record ExpectedAnswer(string Fact, bool HasCard, string? Outdated = null);
