namespace CopilotBot.FakeTeams;

/// <summary>A personal chat (<c>a:</c>), a group chat (<c>19:...@thread.v2</c>), a channel (<c>19:...@thread.tacv2</c>) or one thread of it (<c>;messageid=</c>), facts §2.1.</summary>
public sealed class TeamsConversation
{
    private readonly List<MessageState> _posted = [];
    private List<TeamsUser> _members;

    internal TeamsConversation(string id, ConversationKind kind, string tenantId, string? name, IReadOnlyList<TeamsUser> members, TeamsTeam? team = null)
    {
        (Id, Kind, TenantId, Name, Team) = (id, kind, tenantId, name, team);
        _members = [.. members];
    }

    /// <summary>A thread of a channel.</summary>
    internal TeamsConversation(TeamsConversation channel, string rootId)
        : this($"{channel.Id};messageid={rootId}", ConversationKind.Channel, channel.TenantId, channel.Name, [], channel.Team) => (Channel, RootId) = (channel, rootId);

    public string Id { get; }

    public ConversationKind Kind { get; }

    public string TenantId { get; }

    public string? Name { get; }

    /// <summary>Null outside channels.</summary>
    public TeamsTeam? Team { get; }

    /// <summary>The channel of a thread, null elsewhere.</summary>
    public TeamsConversation? Channel { get; }

    /// <summary>The post that a thread hangs on, null elsewhere.</summary>
    public string? RootId { get; }

    public IReadOnlyList<TeamsUser> Members => Whole._members;

    internal bool IsBlocked { get; set; }

    /// <summary>Whether the app is in the group chat or the team; for a personal chat the directory knows.</summary>
    internal bool HasBot { get; set; } = true;

    /// <summary>The channel for a thread, itself elsewhere: members, messages and limits belong to it.</summary>
    internal TeamsConversation Whole => Channel ?? this;

    internal List<MessageState> Posted => Whole._posted;

    internal void SetMembers(IEnumerable<TeamsUser> members) => Whole._members = [.. members];
}
