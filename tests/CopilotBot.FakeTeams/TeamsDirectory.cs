namespace CopilotBot.FakeTeams;

/// <summary>People, teams and conversations of the tenant; guarded by the connector's lock.</summary>
internal sealed class TeamsDirectory(TimeProvider time, string tenantId)
{
    private readonly Dictionary<string, TeamsConversation> _conversations = [];
    private readonly Dictionary<string, TeamsUser> _users = [];
    private readonly Dictionary<string, TeamsTeam> _teams = [];
    private readonly HashSet<string> _withoutApp = [];
    private int _made;
    private long _lastId;

    public TeamsUser AddUser(string name, string? email, string role, bool hasAadObjectId, bool hasApp)
    {
        var address = email ?? $"{name.Replace(' ', '.').ToLowerInvariant()}@example.com";
        var user = new TeamsUser($"29:1{NextKey():N}-u_{_made}", hasAadObjectId ? NextKey().ToString() : null, name, address, address, role, tenantId);
        _users.Add(user.Id, user);
        SetApp(user, hasApp);
        return user;
    }

    public void SetApp(TeamsUser user, bool hasApp) => _ = hasApp ? _withoutApp.Remove(user.Id) : _withoutApp.Add(user.Id);

    public bool HasApp(TeamsUser user) => !_withoutApp.Contains(user.Id);

    public bool HasApp(TeamsConversation conversation) => conversation.Kind == ConversationKind.Personal ? HasApp(conversation.Members[0]) : conversation.Whole.HasBot;

    public TeamsUser? FindUser(string id) => _users.GetValueOrDefault(id);

    public TeamsTeam? FindTeam(string id) => _teams.GetValueOrDefault(id);

    /// <summary>The same chat each time for one person.</summary>
    public TeamsConversation PersonalChat(TeamsUser user) =>
        _conversations.Values.FirstOrDefault(chat => chat.Kind == ConversationKind.Personal && chat.Members[0].Id == user.Id)
        ?? Add(new($"a:1{NextKey():N}-p_{_made}", ConversationKind.Personal, tenantId, null, [user]));

    public TeamsConversation AddGroupChat(string? name, IReadOnlyList<TeamsUser> members) =>
        Add(new($"19:{NextKey():N}@thread.v2", ConversationKind.GroupChat, tenantId, name, members));

    public TeamsTeam AddTeam(string name, IReadOnlyList<TeamsUser> members)
    {
        var team = new TeamsTeam($"19:{NextKey():N}@thread.tacv2", name, NextKey().ToString(), members);
        _teams.Add(team.Id, team);
        team.Add(Add(new(team.Id, ConversationKind.Channel, tenantId, null, members, team)));
        return team;
    }

    public TeamsConversation AddChannel(TeamsTeam team, string name, IReadOnlyList<TeamsUser> members)
    {
        var channel = Add(new($"19:{NextKey():N}@thread.tacv2", ConversationKind.Channel, tenantId, name, members, team));
        team.Add(channel);
        return channel;
    }

    /// <summary>A thread exists once its root is in the channel.</summary>
    public TeamsConversation? Find(string id)
    {
        if (_conversations.TryGetValue(id, out var found))
        {
            return found;
        }

        return id.Split(";messageid=") is [var channelId, var rootId] && _conversations.TryGetValue(channelId, out var channel) && channel.Kind == ConversationKind.Channel
            && channel.Posted.Exists(message => message.Id == rootId && message.ConversationId == id)
            ? Add(new(channel, rootId))
            : null;
    }

    public MessageState? FindMessage(string id) => _conversations.Values.SelectMany(conversation => conversation.Posted).FirstOrDefault(message => message.Id == id);

    /// <summary>Adds a message; in a channel itself it starts a thread.</summary>
    public MessageState Post(TeamsConversation conversation, string authorId, bool isBot, StreamState? stream = null)
    {
        var id = stream?.Id ?? NextMessageId();
        var home = conversation is { Kind: ConversationKind.Channel, RootId: null } ? $"{conversation.Id};messageid={id}" : conversation.Id;
        var message = new MessageState(id, home, authorId, isBot) { Stream = stream };
        conversation.Posted.Add(message);
        return message;
    }

    /// <summary>Milliseconds of the epoch, never the same twice.</summary>
    public string NextMessageId()
    {
        _lastId = Math.Max(_lastId + 1, time.GetUtcNow().ToUnixTimeMilliseconds());
        return _lastId.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private TeamsConversation Add(TeamsConversation conversation)
    {
        _conversations.Add(conversation.Id, conversation);
        return conversation;
    }

    /// <summary>Looks like any other GUID and is the same in every run.</summary>
    private Guid NextKey()
    {
        _made++;
        return new Guid($"{_made * 0x9E3779B1L & 0xFFFFFFFF:x8}-7a11-4c0d-8e5f-{_made:x12}");
    }
}
