namespace CopilotBot.FakeTeams;

/// <param name="Kind">informative or streaming.</param>
public sealed record StreamText(string Kind, string Text, DateTimeOffset At);
