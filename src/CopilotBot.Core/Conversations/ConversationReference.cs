namespace CopilotBot.Conversations;

/// <summary>Where a turn came from and where its answer goes.</summary>
/// <param name="Channel">"web", "cli", "teams", "slack", "eval".</param>
/// <param name="ConversationId">The channel's own id; a thread is a conversation of its own.</param>
public sealed record ConversationReference(string Channel, string ConversationId);
