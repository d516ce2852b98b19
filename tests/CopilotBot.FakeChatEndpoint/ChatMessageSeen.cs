namespace CopilotBot.FakeChatEndpoint;

/// <param name="Role">system, developer, user, assistant or tool.</param>
public sealed record ChatMessageSeen(string Role, string Text);
