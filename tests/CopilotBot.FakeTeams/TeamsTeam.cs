namespace CopilotBot.FakeTeams;

/// <summary>A team; its id is that of its General channel.</summary>
public sealed class TeamsTeam
{
    private readonly List<TeamsConversation> _channels = [];

    internal TeamsTeam(string id, string name, string aadGroupId, IReadOnlyList<TeamsUser> members) => (Id, Name, AadGroupId, Members) = (id, name, aadGroupId, members);

    public string Id { get; }

    public string Name { get; }

    public string AadGroupId { get; }

    public IReadOnlyList<TeamsUser> Members { get; }

    public IReadOnlyList<TeamsConversation> Channels => _channels;

    public TeamsConversation General => _channels[0];

    internal void Add(TeamsConversation channel) => _channels.Add(channel);
}
