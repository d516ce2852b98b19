namespace CopilotBot.FakeSlack;

/// <summary>A channel or a direct conversation. Its switches may be changed by a test at any time.</summary>
public sealed class SlackChannel
{
    internal SlackChannel(string id, string name, SlackChannelKind kind, SlackWorkspace workspace, IEnumerable<SlackUser> members) =>
        (Id, Name, Kind, Workspace, Members) = (id, name, kind, workspace, [.. members]);

    public string Id { get; }

    public string Name { get; }

    public SlackChannelKind Kind { get; }

    public SlackWorkspace Workspace { get; }

    /// <summary>The people; the bot is <see cref="HasBot"/>.</summary>
    public IReadOnlyList<SlackUser> Members { get; internal set; }

    public bool HasBot { get; set; } = true;

    /// <summary>Shared with another organisation (facts §8).</summary>
    public bool IsExtShared { get; set; }

    public bool IsArchived { get; set; }

    /// <summary>As events name it in <c>channel_type</c>.</summary>
    internal string Type => Kind switch
    {
        SlackChannelKind.Public => "channel",
        SlackChannelKind.Private => "group",
        SlackChannelKind.Direct => "im",
        SlackChannelKind.Group => "mpim",
        _ => throw new InvalidOperationException($"Unknown kind {Kind}."),
    };

    /// <summary>First part of the scopes for this kind.</summary>
    internal string ScopePrefix => Kind switch
    {
        SlackChannelKind.Public => "channels",
        SlackChannelKind.Private => "groups",
        _ => Type,
    };

    /// <summary>In posting order.</summary>
    internal List<MessageState> Posted { get; } = [];

    internal MessageState? Find(string ts) => Posted.Find(message => message.Ts == ts && message.EphemeralTo is null);
}
