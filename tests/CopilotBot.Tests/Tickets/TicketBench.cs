using CopilotBot.Conversations;
using CopilotBot.FakeJira;
using CopilotBot.Storage;
using CopilotBot.Tests.Storage;
using CopilotBot.Tests.Support;
using CopilotBot.Tickets;
using CopilotBot.Tickets.Jira;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CopilotBot.Tests.Tickets;

/// <summary>The desk, the writer and the Jira client over a state of their own and a strict Jira, all on one clock that the test moves.</summary>
internal sealed class TicketBench : IAsyncDisposable
{
    public const string Project = "VPN";

    /// <summary>How long a process takes to start.</summary>
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(5);

    private readonly OpenedState _state = new();
    private readonly SocketsHttpHandler _connections = new() { AllowAutoRedirect = false };
    private readonly LogRecorder _log = new();
    private readonly ILoggerFactory _loggers;
    private readonly JiraTracker _jira;
    private readonly Func<ITicketTracker, ITicketTracker> _trackerBug;

    private TicketBench(JiraSite site, FakeTimeProvider clock, Action<TicketOptions>? configure, Func<ITicketDraftStore, ITicketDraftStore>? storeBug, Func<ITicketTracker, ITicketTracker>? trackerBug)
    {
        (Site, Clock) = (site, clock);
        _trackerBug = trackerBug ?? (tracker => tracker);
        Options = new TicketOptions
        {
            Site = site.Address,
            Flavour = site.Edition == JiraEdition.Cloud ? JiraFlavour.Cloud : JiraFlavour.DataCenter,
            Email = site.Email,
            Projects = { Project },
        };
        configure?.Invoke(Options);
        _loggers = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(_log));
        Secrets = new TicketSecrets { Token = site.Token };
        var store = new LiteTicketDraftStore(_state.Database);
        Store = storeBug?.Invoke(store) ?? store;
        Access = new LiteAccessStore(_state.Database);
        _jira = NewTracker();
        Tracker = _trackerBug(_jira);
        Desk = new TicketDesk(Store, Access, Wrapped, Bell = new TicketBell(clock), clock);
        Writer = NewWriter();
    }

    public JiraSite Site { get; }

    public FakeTimeProvider Clock { get; }

    public TicketOptions Options { get; }

    public TicketSecrets Secrets { get; }

    public ITicketDraftStore Store { get; }

    public LiteAccessStore Access { get; }

    public ITicketTracker Tracker { get; }

    public TicketDesk Desk { get; }

    public TicketBell Bell { get; }

    public TicketWriter Writer { get; private set; }

    public string TypeId { get; private set; } = "";

    public string Log => _log.ToString();

    public ChannelUser Alba { get; } = new("U-alba", "Alba Quintero");

    /// <summary>The process dies at this step, once.</summary>
    public string? DiesAt { get; set; }

    public static async Task<TicketBench> StartAsync(
        JiraEdition edition = JiraEdition.Cloud, Action<TicketOptions>? configure = null, Func<ITicketDraftStore, ITicketDraftStore>? storeBug = null, Func<ITicketTracker, ITicketTracker>? trackerBug = null)
    {
        var clock = new FakeTimeProvider(Some.Day);
        var site = await JiraSite.StartAsync(edition, clock);
        site.DocumentFaults = OfficialSchema.Document.IsHere ? OfficialSchema.Document.Faults : null;
        var bench = new TicketBench(site, clock, configure, storeBug, trackerBug);
        site.AddProject(Project, "Remote access");
        bench.TypeId = site.AddType(Project, "Incident", TicketScreen.Fields);
        return bench;
    }

    /// <summary>Another client of the same site, which knows nothing yet.</summary>
    public JiraTracker NewTracker() => new(() => new HttpClient(_connections, disposeHandler: false), Wrapped, new OptionsWrapper<TicketSecrets>(Secrets), Clock, _loggers);

    /// <summary>A draft as the extraction would make it, with its type from the create metadata.</summary>
    public async Task<TicketDraft> DraftAsync(params FieldValue[] values)
    {
        var schema = await _jira.GetSchemaAsync(TestContext.Current.CancellationToken);
        return new TicketDraft
        {
            Id = TurnId.New(),
            Action = TicketAction.Create,
            Requester = Alba.Id,
            RequesterName = Alba.DisplayName,
            Created = Clock.GetUtcNow(),
            Project = Project,
            Type = schema.Projects.Single().Types.Single(type => type.Id == TypeId),
            Fields = values.Length > 0 ? values : [Value("summary", "VPN drops every ten minutes")],
            Permalink = "https://chat.example/archives/C1/p1",
        };
    }

    public TicketDraft Update(string key, string? comment, string? status = null) => new()
    {
        Id = TurnId.New(),
        Action = TicketAction.Update,
        Requester = Alba.Id,
        RequesterName = Alba.DisplayName,
        Created = Clock.GetUtcNow(),
        TicketKey = key,
        Comment = comment,
        Status = status,
    };

    public static FieldValue Value(string field, string text, params string[] ids) => new(field, text, ids, 0.9, text);

    /// <summary>Opened and confirmed by who asked.</summary>
    public TicketDraft Confirm(TicketDraft draft)
    {
        var opened = Desk.Open(draft);
        return Desk.Confirm(opened.Id, Alba, identity: null).Draft!; // opened
    }

    /// <summary>Until nothing is left to write. The clock jumps to when the draft is due; whoever dies is followed by the next process.</summary>
    public async Task<TicketDraft> SettleAsync(TurnId id)
    {
        var patience = Options.MaximumAttempts * 100;
        for (var steps = 0; steps < patience && Store.Find(id) is { State: TicketState.Confirmed } draft; steps++)
        {
            Clock.SetUtcNow(draft.NotBefore > Clock.GetUtcNow() ? draft.NotBefore.Value : Clock.GetUtcNow());
            try
            {
                await Writer.AdvanceAsync(draft, TestContext.Current.CancellationToken);
            }
            catch (ProcessDeath)
            {
                Clock.Advance(Start);
                Writer = NewWriter();
            }
        }

        return Store.Find(id)!; // opened by the caller
    }

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        _jira.Dispose();
        _connections.Dispose();
        _loggers.Dispose();
        _log.Dispose();
        _state.Dispose();
    }

    private IOptions<TicketOptions> Wrapped => new OptionsWrapper<TicketOptions>(Options);

    private TicketWriter NewWriter() => new(Store, Tracker, Wrapped, Clock, _loggers.CreateLogger<TicketWriter>(), Reached);

    private void Reached(string step)
    {
        if (step == DiesAt)
        {
            DiesAt = null;
            throw new ProcessDeath(step);
        }
    }
}
