namespace CopilotBot.Channels.Teams.Connector;

/// <summary>What was read, or why nothing was.</summary>
/// <param name="Value">Present exactly when the result is <see cref="SendStatus.Done"/>.</param>
internal sealed record ConnectorAnswer<T>(SendResult Result, T? Value = null)
    where T : class;
