namespace CopilotBot.Tests.Channels;

/// <summary>A message of a person.</summary>
/// <param name="Handle">The driver's own.</param>
internal sealed record Asked(string Person, string Conversation, string MessageId, object Handle);
