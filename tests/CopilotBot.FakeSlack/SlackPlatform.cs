using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace CopilotBot.FakeSlack;

/// <summary>
/// A strict Slack on a port of this machine, for one app: its Web API, its people, its events over HTTP or sockets. It offers the methods of facts §2 that a bot like
/// this needs and nothing else, answers broken rules as Slack does, and records them in <see cref="Violations"/>, also those that Slack lets through. Any thread may use it.
/// </summary>
public sealed partial class SlackPlatform : IAsyncDisposable
{
    internal const string TheAppId = "A0FAKEAPP01";
    private const string ApiPath = "/api/";
    private const string ResponsePath = "/response/";

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly WebApplication _app;
    private readonly SlackDirectory _directory;
    private readonly ViolationLog _violations = new();
    private readonly RateLimits _limits;
    private readonly ChatApi _chat;
    private readonly SessionApi _sessions;
    private readonly DirectoryApi _reads;
    private readonly ViewApi _views;
    private readonly OAuthApi _oauth;
    private readonly ResponseApi _responses;
    private readonly WebApi _api;
    private readonly SocketHub _sockets;
    private readonly Courier _courier;
    private readonly Envelopes _envelopes;
    private readonly List<CallSeen> _calls = [];
    private readonly List<Fault> _faults = [];
    private readonly List<Task> _background = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SlackPlatform(TimeProvider time)
    {
        Time = time;
        _directory = new(time);
        var state = new PlatformState(time, _directory, _violations, AllowedMentions, Echo);
        _limits = new(time);
        _chat = new(state, _limits);
        _sessions = new(state);
        _reads = new(state, _limits);
        _views = new(state);
        _oauth = new(state, ClientId, ClientSecret);
        _responses = new(state, _chat);
        _sockets = new(this, _violations);
        _api = new(state, _limits, _chat, new(state), _sessions, _reads, _views, _oauth, _sockets);
        _courier = new(this, _sockets);
        _envelopes = new(this);
        Workspace = _directory.AddWorkspace("Halvorne", null);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    /// <summary>Base of all methods; ends with a slash.</summary>
    public string ApiUrl => $"{Address}{ApiPath}";

    public string SigningSecret { get; } = "5c0f1de14b1d4e559a3c0c0b07fake01";

    /// <summary>The app-level token, for sockets.</summary>
    public string AppToken => _sockets.AppToken;

    public string ClientId { get; } = "1000000000.2000000000";

    public string ClientSecret { get; } = "fake-client-secret";

    public string AppId { get; } = TheAppId;

    public string BotName { get; } = "copilot";

    /// <summary>The workspace that is there from the start.</summary>
    public SlackWorkspace Workspace { get; }

    /// <summary>The clock of limits, streams, ids, retries and injected delays.</summary>
    public TimeProvider Time { get; }

    /// <summary>Where the bot takes each kind of payload, below the address of <see cref="DeliverTo"/>.</summary>
    public string EventsPath { get; set; } = "slack/events";

    public string CommandsPath { get; set; } = "slack/commands";

    public string InteractivityPath { get; set; } = "slack/interactivity";

    /// <summary>How long an attempt waits for its answer.</summary>
    public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>The wait before each further attempt of an event, so also how many there are at most.</summary>
    public IReadOnlyList<TimeSpan> RedeliveryDelays { get; set; } = [TimeSpan.Zero, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5)];

    public MentionOrder MentionOrder { get; set; } = MentionOrder.MentionFirst;

    /// <summary>Events that the app asked for; all that this fake can make by default.</summary>
    public ISet<string> Subscriptions { get; } = new HashSet<string>(Envelopes.AllEvents);

    /// <summary>Whether the bot is told, in the background, of its own messages and their changes, as Slack does.</summary>
    public bool EchoesBotActs { get; set; } = true;

    /// <summary>Whether a reply brings a message_changed of its parent, whose text is the same (facts §4.1).</summary>
    public bool SendsThreadCounters { get; set; } = true;

    /// <summary>Ids of users whom the bot may mention.</summary>
    public ISet<string> AllowedMentions { get; } = new HashSet<string>();

    /// <summary>Whether calls beyond the limits of facts §2 get 429.</summary>
    public bool EnforcesLimits
    {
        get => _api.EnforcesLimits;
        set => (_api.EnforcesLimits, _chat.EnforcesLimits) = (value, value);
    }

    /// <summary>Sold outside the Marketplace: conversations.history and replies once a minute, 15 objects (facts §4.3).</summary>
    public bool IsCommercial
    {
        get => _reads.IsCommercial;
        set => _reads.IsCommercial = value;
    }

    /// <summary>Whether the app has the Agents feature; without it session calls are refused (facts §2).</summary>
    public bool IsAgent
    {
        get => _sessions.IsAgent;
        set => _sessions.IsAgent = value;
    }

    /// <summary>Whether installs from now on get tokens of 12 hours with a refresh token (facts §7).</summary>
    public bool RotatesTokens
    {
        get => _oauth.RotatesTokens;
        set => _oauth.RotatesTokens = value;
    }

    /// <summary>Whether payloads go through the bot's sockets instead of HTTP (facts §5).</summary>
    public bool SocketModeOn { get; set; }

    /// <summary>The bot's sockets, and what can go wrong with them.</summary>
    public SocketControl Sockets => _sockets.Control;

    /// <summary>Runs before a call acts, outside the lock.</summary>
    public Func<CallSeen, Task>? BeforeActing { get; set; }

    /// <summary>Runs after a call acted and before it is answered: the moment at which a bot that is killed does not know what it did.</summary>
    public Func<CallSeen, Task>? BeforeAnswer { get; set; }

    /// <summary>Broken rules, oldest first.</summary>
    public IReadOnlyList<RuleViolation> Violations => _violations.All;

    /// <summary>Every call of the Web API and of response_urls, in the order of arrival.</summary>
    public IReadOnlyList<CallSeen> Calls
    {
        get
        {
            lock (_gate)
            {
                return [.. _calls];
            }
        }
    }

    /// <summary>Threads whose session stands at <c>processing</c>: nothing, once the bot is done.</summary>
    public IReadOnlyList<(string ChannelId, string ThreadTs)> ProcessingThreads
    {
        get
        {
            // Not a change: whoever waits for it would be woken by looking.
            lock (_gate)
            {
                return [.. _directory.Processing];
            }
        }
    }

    internal string Address => _app.Urls.Single();

    internal ViewApi Views => _views;

    internal SlackDirectory Directory => _directory;

    internal Envelopes Envelopes => _envelopes;

    public static async Task<SlackPlatform> StartAsync(TimeProvider? time = null)
    {
        var platform = new SlackPlatform(time ?? TimeProvider.System);
        await platform._app.StartAsync();
        return platform;
    }

    /// <summary>Base address of the bot; a restarted bot may listen elsewhere.</summary>
    /// <param name="http">For a bot that is no server on the network; the fake's own client where none is given.</param>
    public void DeliverTo(Uri baseAddress, HttpClient? http = null) => _courier.DeliverTo(baseAddress, http);

    /// <param name="organization">Shares its install; null for a workspace of its own.</param>
    /// <param name="isInstalled">Without it, <see cref="Approve"/> installs the app.</param>
    public SlackWorkspace AddWorkspace(string name, SlackOrganization? organization = null, bool isInstalled = true) => Change(() =>
    {
        var workspace = _directory.AddWorkspace(name, organization);
        workspace.Install.IsInstalled = organization is not null || isInstalled;
        return workspace;
    });

    /// <summary>An organisation with the app installed for all of its workspaces (facts §7).</summary>
    public SlackOrganization AddOrganization(string name) => Change(() =>
    {
        var id = _directory.NextId('E');
        return new SlackOrganization(id, name, _directory.NewInstall(id));
    });

    public SlackUser AddUser(string name, string? email = null) => AddUser(Workspace, name, email);

    /// <param name="flags">Sets what makes this person special: <c>user => user with { IsRestricted = true }</c>.</param>
    public SlackUser AddUser(SlackWorkspace workspace, string name, string? email = null, Func<SlackUser, SlackUser>? flags = null) => Change(() =>
    {
        var user = new SlackUser(_directory.NextId(workspace.EnterpriseId is null ? 'U' : 'W'), workspace.TeamId, name, email) { EnterpriseId = workspace.EnterpriseId };
        return _directory.Add(flags?.Invoke(user) ?? user);
    });

    public SlackChannel AddChannel(string name, params SlackUser[] members) => AddChannel(Workspace, name, members);

    /// <summary>The bot is in it: see <see cref="SlackChannel.HasBot"/>.</summary>
    public SlackChannel AddChannel(SlackWorkspace workspace, string name, IEnumerable<SlackUser> members, bool isPrivate = false, bool isExtShared = false) => Change(() =>
    {
        var channel = _directory.AddChannel(workspace, name, isPrivate ? SlackChannelKind.Private : SlackChannelKind.Public, members);
        channel.IsExtShared = isExtShared;
        return channel;
    });

    /// <summary>A direct conversation of several people and the bot.</summary>
    public SlackChannel AddGroup(params SlackUser[] members) => Change(() => _directory.AddChannel(Workspace, "mpdm", SlackChannelKind.Group, members));

    /// <summary>The person's direct conversation with the bot.</summary>
    public SlackChannel Direct(SlackUser user) => Change(() => _directory.Direct(WorkspaceOf(user), user));

    public SlackChannel? FindChannel(string id) => Change(() => _directory.FindChannel(id));

    /// <summary>What this person does, delivered to the bot.</summary>
    public SlackPerson As(SlackUser user) => new(this, user);

    public void Inject(Fault fault) => Change(() =>
    {
        _faults.Add(fault);
        return fault;
    });

    /// <summary>Lets more (or fewer) calls of a tier through; of the special one, posts per channel and second.</summary>
    public void SetLimitFactor(SlackTier tier, double factor) => Change(() => _limits.Factors[tier] = factor);

    /// <summary>Messages of a channel that all see, in posting order, deleted ones included; of one thread: its parent and the replies.</summary>
    public IReadOnlyList<ShownMessage> Messages(string channelId, string? threadTs = null)
    {
        lock (_gate)
        {
            return _directory.FindChannel(channelId) is { } channel
                ? [.. channel.Posted.Where(message => message.EphemeralTo is null && (threadTs is null || message.Ts == threadTs || message.ThreadTs == threadTs)).Select(Shown)]
                : [];
        }
    }

    public IReadOnlyList<ShownMessage> Messages(SlackChannel channel, string? threadTs = null) => Messages(channel.Id, threadTs);

    /// <summary>Null for a ts that no message of the channel has.</summary>
    public ShownMessage? FindMessage(string channelId, string ts) => Messages(channelId).FirstOrDefault(message => message.Ts == ts);

    /// <summary>Messages that only this person sees, in posting order, deleted ones included.</summary>
    public IReadOnlyList<ShownMessage> Ephemerals(string userId)
    {
        lock (_gate)
        {
            return [.. _directory.Channels.SelectMany(channel => channel.Posted).Where(message => message.EphemeralTo == userId).OrderBy(message => message.Ts, StringComparer.Ordinal).Select(Shown)];
        }
    }

    /// <summary>The open modals of a person, the topmost last.</summary>
    public IReadOnlyList<ShownView> OpenViews(string userId) => Change(() => _views.OpenOf(userId));

    public ShownView? HomeView(string userId) => Change(() => _views.HomeOf(userId));

    public SuggestedPrompts? SuggestedPrompts(string channelId) => Change(() => _sessions.Prompts(channelId));

    /// <summary>processing, active, suspended or closed; null where nobody set one.</summary>
    public string? SessionStatus(string channelId, string threadTs) => Change(() => _directory.Session(channelId, threadTs).Status);

    /// <summary>The text of assistant.threads.setStatus, empty once it is cleared.</summary>
    public string SessionText(string channelId, string threadTs) => Change(() => _directory.Session(channelId, threadTs).Text);

    public string? SessionTitle(string channelId, string threadTs) => Change(() => _directory.Session(channelId, threadTs).Title);

    /// <summary>A person allows the app in a workspace (the first one where none is named); gives the address that the browser is sent to.</summary>
    public Uri Approve(string state, string redirectUri, SlackUser user, SlackWorkspace? workspace = null)
    {
        var code = Change(() => _oauth.NewCode((workspace ?? Workspace).Install, user, redirectUri));
        return new($"{redirectUri}?code={Uri.EscapeDataString(code)}&state={Uri.EscapeDataString(state)}");
    }

    /// <summary>Gives an install a token of 12 hours and a refresh token.</summary>
    public void StartRotation(SlackInstall install) => Change(() =>
    {
        _oauth.StartRotation(install);
        return install;
    });

    /// <summary>Until everything that was sent in the background is answered, retries included.</summary>
    public async Task SettleAsync()
    {
        while (Change(() => _background.Find(task => !task.IsCompleted)) is { } running)
        {
            await running;
        }
    }

    /// <summary>Waits until the condition holds; it is looked at after every change. The limit is real time, whatever clock the platform has.</summary>
    /// <exception cref="TimeoutException">It did not come to hold in time.</exception>
    public async Task WaitForAsync(Func<SlackPlatform, bool> condition, TimeSpan limit, CancellationToken cancellationToken = default)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ends.CancelAfter(limit);
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                changed = _changed.Task;
            }

            if (condition(this))
            {
                return;
            }

            try
            {
                await changed.WaitAsync(ends.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException($"The condition did not hold within {limit}. Calls: {string.Join(", ", Calls)}");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _app.DisposeAsync();
        _courier.Dispose();
        _stopping.Dispose();
    }

    internal SlackWorkspace WorkspaceOf(SlackUser user) => Change(() => _directory.Workspaces.Find(workspace => workspace.TeamId == user.TeamId)) ?? Workspace;

    internal void Record(string rule, string facts, string detail)
    {
        _violations.Add(rule, facts, detail);
        Signal();
    }

    /// <summary>What is read or changed by a person, under the lock; whoever waits looks again.</summary>
    internal T Change<T>(Func<T> change)
    {
        T result;
        lock (_gate)
        {
            result = change();
        }

        Signal();
        return result;
    }

    internal void Signal()
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            (changed, _changed) = (_changed, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        changed.SetResult();
    }

    /// <summary>A new trigger, and an address to answer at where there is a channel.</summary>
    internal string NewTrigger(string userId) => Change(() => _views.NewTrigger(userId));

    internal string NewResponseId(SlackChannel channel, string userId, string? threadTs, MessageState? original) => Change(() => _responses.New(channel, userId, threadTs, original));

    internal string ResponseUrlOf(string id) => $"{Address}{ResponsePath}{id}";

    internal void Acknowledge(string responseId, DeliveryAttempt attempt) => Change(() =>
    {
        _responses.Acknowledge(responseId, attempt.Body, attempt.ContentType);
        return responseId;
    });

    internal CancellationToken Stopping => _stopping.Token;

    private ShownMessage Shown(MessageState message) => message.Shown(Time.GetUtcNow());
}
