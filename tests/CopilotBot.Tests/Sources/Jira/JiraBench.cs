using System.Text;
using CopilotBot.Conversations;
using CopilotBot.FakeJiraReading;
using CopilotBot.Knowledge;
using CopilotBot.Sources;
using CopilotBot.Sources.Http;
using CopilotBot.Sources.Jira;
using CopilotBot.Sync.Live;
using CopilotBot.Tests.Support;
using CopilotBot.Tests.Sync.Live;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CopilotBot.Tests.Sources.Jira;

/// <summary>A fake site, the product's source for it, and the engine over real stores.</summary>
internal sealed class JiraBench : IAsyncDisposable
{
    public static readonly SourceName Name = SourceName.Parse("tickets");

    private readonly SourceClients _clients;

    private JiraBench(JiraReadingSite site, FakeTimeProvider time, SourceConnection connection, Func<ILiveSource, ILiveSource>? wrap)
    {
        (Site, Time) = (site, time);
        var secrets = new SourceSecrets();
        secrets.ByName["tickets"] = new SourceSecret { Token = site.Token };
        _clients = new SourceClients(() => new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }), Options.Create(secrets), new NoVault(), new HastyTime(time), NullLoggerFactory.Instance);
        Source = (JiraSource)new JiraSourceType(_clients, ReadText, time, NullLoggerFactory.Instance).Create(Name, connection);
        Bench = new LiveBench(wrap?.Invoke(Source) ?? Source, new LiveSyncOptions(), time);
    }

    public JiraReadingSite Site { get; }

    public FakeTimeProvider Time { get; }

    public JiraSource Source { get; }

    public LiveBench Bench { get; }

    public static async Task<JiraBench> StartAsync(JiraEdition edition = JiraEdition.Cloud, Func<SourceConnection, SourceConnection>? change = null, Func<ILiveSource, ILiveSource>? wrap = null)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        var site = await JiraReadingSite.StartAsync(edition, time);
        var connection = new SourceConnection
        {
            Site = new Uri(site.Address),
            Edition = edition == JiraEdition.Cloud ? SourceEdition.Cloud : SourceEdition.DataCenter,
            Email = edition == JiraEdition.Cloud ? site.Email : "",
        };
        return new JiraBench(site, time, change?.Invoke(connection) ?? connection, wrap);
    }

    public static UserIdentity Asker(string account) => new($"tickets:{account}", account, true);

    /// <summary>Ids of the issues and their parts that the asker finds by the word.</summary>
    public Task<List<string>> FindAsync(string account, string word) => Bench.FindAsync(word, Asker(account), 10_000);

    /// <summary>By person, what each finds of the whole site.</summary>
    public async Task<IReadOnlyDictionary<string, HashSet<string>>> FindAllAsync(RandomJira world)
    {
        var found = new Dictionary<string, HashSet<string>>();
        foreach (var person in world.People)
        {
            found[person] = [.. await FindAsync(person, RandomJira.Word)];
        }

        return found;
    }

    /// <summary>Everything that the four loops do, by looking alone.</summary>
    public async Task PollAsync()
    {
        Time.Advance(TimeSpan.FromMinutes(1));
        await Bench.ReadAccessAsync();
        await Bench.LookAsync();
        await Bench.ReconcileAsync(isShrinkingRight: true);
        await Bench.ReadAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Bench.DisposeAsync();
        Source.Dispose();
        _clients.Dispose();
        await Site.DisposeAsync();
    }

    private static Task<AttachmentText> ReadText(string fileName, string mediaType, byte[] content, CancellationToken cancellationToken)
    {
        var text = new StructuredTextBuilder();
        text.Paragraph(new InlineText(Encoding.UTF8.GetString(content)));
        return Task.FromResult(new AttachmentText(text.Build(), null));
    }

    private sealed class NoVault : ISecretVault
    {
        public string? Find(string name) => null;

        public void Save(string name, string secret)
        {
        }

        public void Remove(string name)
        {
        }
    }
}
