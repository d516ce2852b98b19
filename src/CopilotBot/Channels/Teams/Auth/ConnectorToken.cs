namespace CopilotBot.Channels.Teams.Auth;

/// <summary>What asking for a token came to. A class, not a record: nothing prints the token.</summary>
internal sealed class ConnectorToken
{
    private ConnectorToken()
    {
    }

    /// <summary>Null in anonymous mode, and when there is none to be had.</summary>
    public string? Value { get; private init; }

    /// <summary>The error code of the token service, where there is no token; null otherwise.</summary>
    public string? Problem { get; private init; }

    /// <summary>The token service did not answer or asks for patience: another time may work.</summary>
    public bool IsTransient { get; private init; }

    public TimeSpan? Wait { get; private init; }

    /// <summary>No token, and none needed.</summary>
    public static ConnectorToken Anonymous { get; } = new();

    public static ConnectorToken Of(string value) => new() { Value = value };

    public static ConnectorToken Failed(string problem, bool isTransient, TimeSpan? wait = null) => new() { Problem = problem, IsTransient = isTransient, Wait = wait };
}
