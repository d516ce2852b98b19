namespace CopilotBot.Tests.Channels.Chaos;

/// <summary>A rule of the platform that the bot did not keep.</summary>
internal sealed record BrokenRule(string Rule, string Detail);
