namespace CopilotBot.FakeSlack;

/// <summary>What became of a streamed message (facts §2.1).</summary>
public enum ShownStream
{
    /// <summary>It did not come as a stream.</summary>
    None,
    Open,

    /// <summary>The bot ended it.</summary>
    Stopped,

    /// <summary>A person pressed stop.</summary>
    StoppedByUser,

    /// <summary>It was open for too long; its text stays.</summary>
    Expired,
}
