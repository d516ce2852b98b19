using CopilotBot.FakeTeams;

namespace CopilotBot.Tests.Channels.Chaos;

internal sealed class TeamsChaos(FakeConnector teams) : IChaosPlatform
{
    private readonly HttpClient _http = new();

    private TeamsClient? _client;

    public IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["Teams__Anonymous"] = "true",
        ["Teams__AllowedTenants__0"] = teams.TenantId,
        ["Teams__EmailDomains__0"] = "halvorne.example",
    };

    public IReadOnlyList<BrokenRule> BrokenRules => [.. teams.Violations.Select(violation => new BrokenRule(violation.Rule, $"{violation.Facts}: {violation.Detail}"))];

    public IReadOnlyList<string> Unfinished => [];

    public static async Task<IChaosPlatform> StartAsync() => new TeamsChaos(await FakeConnector.StartAsync());

    public void DeliverTo(Uri bot, Func<Task> beforeAnswer)
    {
        _client = new TeamsClient(teams, _http, new Uri(bot, "api/messages")) { RedeliveryDelays = [.. Enumerable.Repeat(TimeSpan.FromMilliseconds(250), 1000)] };
        teams.BeforeAnswer = _ => beforeAnswer();
    }

    public IChaosChat Begin(bool isPersonal) => new TeamsChat(teams, _client ?? throw new InvalidOperationException("Nobody said where the bot is."), isPersonal);

    public Task WaitForAsync(Func<bool> condition, TimeSpan limit, CancellationToken cancellationToken) => teams.WaitForAsync(_ => condition(), limit, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await teams.DisposeAsync();
        _http.Dispose();
    }
}
