namespace CopilotBot.FakeSlack;

public sealed record SuggestedPrompt(string Title, string Message);
