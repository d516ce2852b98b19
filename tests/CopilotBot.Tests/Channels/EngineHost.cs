using CopilotBot.Channels;
using CopilotBot.Conversations;
using CopilotBot.Knowledge;
using CopilotBot.Storage;
using CopilotBot.Sync;
using CopilotBot.Tests.Support;
using CopilotBot.Tests.Sync;
using CopilotBot.Tickets;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CopilotBot.Tests.Channels;

/// <summary>The turn engine as the server has it, over a state of its own and an index without documents, with a platform in memory.</summary>
internal sealed class EngineHost : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();

    private IHost _host;

    public EngineHost(Action<ChannelOptions>? configure = null, IChatClient? chat = null)
    {
        Configure = configure ?? (_ => { });
        Chat = chat;
        _host = Build();
    }

    public ScriptedAdapter Platform { get; } = new();

    public IChannelStore Store => _host.Services.GetRequiredService<IChannelStore>();

    public ITurnStore Turns => _host.Services.GetRequiredService<ITurnStore>();

    public ITicketDraftStore Drafts => _host.Services.GetRequiredService<ITicketDraftStore>();

    private Action<ChannelOptions> Configure { get; }

    private IChatClient? Chat { get; }

    public Task StartAsync() => _host.StartAsync(TestContext.Current.CancellationToken);

    public bool Ask(string conversation, string message, string text, InboundKind kind = InboundKind.Question, string? key = null) =>
        _host.Services.GetRequiredService<TurnInbox>().TryAdd(
            new InboundTurn(TurnId.New(), kind, Of(conversation), message, new ChannelUser("u", "Alba"), text, conversation, DateTimeOffset.UnixEpoch.AddYears(60).AddTicks(Interlocked.Increment(ref _sequence))),
            key ?? $"{conversation} {message} {kind} {text}");

    public static ConversationReference Of(string conversation) => new("scripted", conversation);

    /// <summary>One page that staff may read: what a berth costs.</summary>
    public async Task AddDocumentAsync()
    {
        var source = new ScriptedSource();
        source.Layers.Add(new AccessLayer(Some.Layer("all"), [Principal.Licensed]));
        source.Documents.Add(Some.Document("harbour", "A berth in the harbour costs 40 crowns."));
        var report = await _host.Services.GetRequiredService<SyncPipeline>().RunAsync(source, full: false, null, TestContext.Current.CancellationToken);
        report.Added.ShouldBe(1, report.Error);
    }

    /// <summary>Waits until nothing is open and nothing is owed.</summary>
    public Task SettleAsync() => UntilAsync(() => Store.GetOpenTurns().Count == 0 && Store.GetOwing().Count == 0);

    public static async Task UntilAsync(Func<bool> isSo)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!isSo())
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }

    /// <summary>Stops the process, as far as a test can, and starts the next on the same state.</summary>
    public async Task RestartAsync(bool start = true)
    {
        await _host.StopAsync(TestContext.Current.CancellationToken);
        _host.Dispose();
        _host = Build();
        if (start)
        {
            await StartAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
        _folder.Dispose();
    }

    private static long _sequence;

    private IHost Build()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddCopilot(DataFolder.Open(_folder["data"])).AddChannels().AddTurnWorker();
        builder.Services.RemoveAll<IChannelAdapter>();
        builder.Services.AddSingleton<IChannelAdapter>(Platform);
        builder.Services.Configure(Configure);
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        if (Chat is not null)
        {
            builder.Services.RemoveAll<IChatClient>();
            builder.Services.AddSingleton(Chat);
        }

        return builder.Build();
    }
}
