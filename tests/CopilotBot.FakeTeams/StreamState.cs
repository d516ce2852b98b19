namespace CopilotBot.FakeTeams;

/// <summary>One streamed message (facts §3.3); guarded by the connector's lock.</summary>
internal sealed class StreamState(string id, string conversationId, DateTimeOffset startedAt)
{
    public string Id => id;

    public string ConversationId => conversationId;

    public DateTimeOffset StartedAt => startedAt;

    public DateTimeOffset LastAt { get; set; }

    public int Sequence { get; set; } = 1;

    /// <summary>The text that every later text must begin with.</summary>
    public string Streamed { get; set; } = "";

    public List<StreamText> Shown { get; } = [];

    /// <summary>The body last accepted: the same body again is a retry after a lost answer, which facts §1.7 allows for stream updates.</summary>
    public string LastBody { get; set; } = "";

    public bool IsClosed { get; set; }

    public bool IsCancelled { get; set; }

    /// <summary>Whether the bot was told that the person pressed stop.</summary>
    public bool IsCancelTold { get; set; }
}
