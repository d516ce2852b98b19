using System.Globalization;

namespace CopilotBot.FakeSlack;

/// <summary>Workspaces, people, channels, threads and ids; guarded by the platform's lock.</summary>
internal sealed class SlackDirectory(TimeProvider time)
{
    private const int FirstMicrosecond = 100;

    private readonly Dictionary<string, SlackUser> _users = [];
    private readonly Dictionary<string, SlackChannel> _channels = [];
    private readonly Dictionary<(string Channel, string Thread), SessionState> _sessions = [];
    private int _ids;
    private long _second;
    private int _microsecond;

    public List<SlackWorkspace> Workspaces { get; } = [];

    public IEnumerable<SlackInstall> Installs => Workspaces.Select(workspace => workspace.Install).Distinct();

    public IEnumerable<SlackChannel> Channels => _channels.Values;

    public string NextId(char kind) => $"{kind}0{kind}{(++_ids).ToString("D8", CultureInfo.InvariantCulture)}";

    /// <summary>Unique and growing, in seconds of the clock.</summary>
    public string NextTs()
    {
        var second = time.GetUtcNow().ToUnixTimeSeconds();
        (_second, _microsecond) = second > _second ? (second, FirstMicrosecond) : (_second, _microsecond + FirstMicrosecond);
        return string.Create(CultureInfo.InvariantCulture, $"{_second}.{_microsecond:D6}");
    }

    public SlackInstall NewInstall(string key)
    {
        var number = ++_ids;
        return new(key, NextId('U'), NextId('B'), $"xoxb-{number}-{key}-fake");
    }

    public SlackWorkspace AddWorkspace(string name, SlackOrganization? organization)
    {
        var id = NextId('T');
        var workspace = new SlackWorkspace(id, name, organization?.EnterpriseId, organization?.Install ?? NewInstall(id));
        Workspaces.Add(workspace);
        return workspace;
    }

    public SlackUser Add(SlackUser user) => _users[user.Id] = user;

    public SlackUser? FindUser(string? id) => id is null ? null : _users.GetValueOrDefault(id);

    public SlackChannel AddChannel(SlackWorkspace workspace, string name, SlackChannelKind kind, IEnumerable<SlackUser> members)
    {
        var channel = new SlackChannel(NextId(kind switch { SlackChannelKind.Direct => 'D', SlackChannelKind.Group => 'G', _ => 'C' }), name, kind, workspace, members);
        _channels.Add(channel.Id, channel);
        return channel;
    }

    public SlackChannel Direct(SlackWorkspace workspace, SlackUser user) =>
        Channels.FirstOrDefault(channel => channel is { Kind: SlackChannelKind.Direct, Members: [var person] } && person.Id == user.Id && channel.Workspace == workspace)
        ?? AddChannel(workspace, "", SlackChannelKind.Direct, [user]);

    public SlackChannel? FindChannel(string? id) => id is null ? null : _channels.GetValueOrDefault(id);

    /// <summary>A channel that the install can see: of its workspaces, and with the bot in it where it is not public.</summary>
    public SlackChannel? FindChannel(string? id, SlackInstall install) =>
        FindChannel(id) is { } channel && channel.Workspace.Install == install && (channel.HasBot || channel.Kind == SlackChannelKind.Public) ? channel : null;

    public MessageState Post(SlackChannel channel, string userId, bool isBot, string? threadTs, ShownVersion? version, StreamState? stream = null, string? ephemeralTo = null)
    {
        var message = new MessageState(channel, NextTs(), threadTs, userId, isBot) { Stream = stream, EphemeralTo = ephemeralTo };
        if (version is not null)
        {
            message.Versions.Add(version);
        }

        channel.Posted.Add(message);
        return message;
    }

    public static IEnumerable<MessageState> Replies(SlackChannel channel, string root) =>
        channel.Posted.Where(message => message.ThreadTs == root && message is { EphemeralTo: null, IsDeleted: false });

    /// <summary>Deletes as Slack does: a parent with replies stays as a tombstone.</summary>
    public static void Delete(MessageState message)
    {
        message.IsDeleted = true;
        message.IsTombstone = message.ThreadTs is null && Replies(message.Channel, message.Ts).Any();
    }

    public SessionState Session(string channel, string thread)
    {
        if (!_sessions.TryGetValue((channel, thread), out var session))
        {
            _sessions[(channel, thread)] = session = new(time);
        }

        return session;
    }

    public IEnumerable<(string Channel, string Thread)> Processing => _sessions.Where(pair => pair.Value.Status == SessionState.Processing).Select(pair => pair.Key);

    /// <summary>Null where the text names a parent (facts §2): a message that is itself no reply.</summary>
    public static Finding? CheckThread(SlackChannel channel, string threadTs, string error)
    {
        var parent = channel.Find(threadTs);
        return parent switch
        {
            null => Finding.Refuse(error, "thread-unknown", "§2", $"There is no message {threadTs} in {channel.Id}."),
            { ThreadTs: not null } => Finding.Refuse(error, "thread-ts", "§2", $"{threadTs} is a reply: thread_ts is the parent's ts."),
            { IsDeleted: true, IsTombstone: false } => Finding.State(error, "The parent was deleted."),
            _ => null,
        };
    }
}
