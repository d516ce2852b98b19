using System.Text;
using CopilotBot.Conversations;
using CopilotBot.FakeConfluence;
using CopilotBot.Knowledge;
using CopilotBot.Sources;
using CopilotBot.Sources.Confluence;
using CopilotBot.Sources.Http;
using CopilotBot.Sync.Live;
using CopilotBot.Tests.Support;
using CopilotBot.Tests.Sync.Live;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using ConfluenceSite = CopilotBot.FakeConfluence.ConfluenceSite;

namespace CopilotBot.Tests.Sources.Confluence;

/// <summary>A fake site, the product's source for it, and the engine over real stores.</summary>
internal sealed class ConfluenceBench : IAsyncDisposable
{
    public static readonly SourceName Name = SourceName.Parse("wiki");

    private readonly SourceClients _clients;

    private ConfluenceBench(ConfluenceSite site, FakeTimeProvider time, SourceConnection connection, Mutant? mutant, ILoggerFactory? loggers)
    {
        (Site, Time) = (site, time);
        var secrets = new SourceSecrets();
        secrets.ByName["wiki"] = new SourceSecret { Token = site.Token };
        _clients = new SourceClients(() => new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }), Options.Create(secrets), new NoVault(), new HastyTime(time), loggers ?? NullLoggerFactory.Instance);
        Source = (ConfluenceSource)new ConfluenceSourceType(_clients, ReadText, time).Create(Name, connection);
        Bench = new LiveBench(mutant is { } wrong ? new MutantSource(Source, wrong) : Source, new LiveSyncOptions(), time, loggers);
    }

    public ConfluenceSite Site { get; }

    public FakeTimeProvider Time { get; }

    public ConfluenceSource Source { get; }

    public LiveBench Bench { get; }

    public static async Task<ConfluenceBench> StartAsync(ConfluenceEdition edition = ConfluenceEdition.Cloud, Func<SourceConnection, SourceConnection>? change = null, Mutant? mutant = null, ILoggerFactory? loggers = null)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        var site = await ConfluenceSite.StartAsync(edition, time);
        var connection = new SourceConnection
        {
            Site = new Uri(site.Address),
            Edition = edition == ConfluenceEdition.Cloud ? SourceEdition.Cloud : SourceEdition.DataCenter,
            Email = edition == ConfluenceEdition.Cloud ? site.Email : "",
        };
        return new ConfluenceBench(site, time, change?.Invoke(connection) ?? connection, mutant, loggers);
    }

    public static UserIdentity Asker(string account) => new($"wiki:{account}", account, true);

    /// <summary>Ids of the pages, blog posts and their parts that the asker finds by the word.</summary>
    public Task<List<string>> FindAsync(string account, string word) => Bench.FindAsync(word, Asker(account), 10_000);

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
