namespace CopilotBot.Conversations;

/// <summary>One step of a turn.</summary>
public sealed record TurnStage(string Name, double Milliseconds);
