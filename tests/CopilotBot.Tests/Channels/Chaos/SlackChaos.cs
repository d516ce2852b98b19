using CopilotBot.FakeSlack;
using CopilotBot.Tests.Channels.Slack;

namespace CopilotBot.Tests.Channels.Chaos;

internal sealed class SlackChaos : IChaosPlatform
{
    private readonly SlackPlatform _slack;

    private SlackChaos(SlackPlatform slack)
    {
        _slack = slack;

        // Slack itself gives up after three attempts, or after a day where Delayed Events are on (facts/slack.md §1.3).
        slack.RedeliveryDelays = [.. Enumerable.Repeat(TimeSpan.FromMilliseconds(250), 1000)];

        // Streams may be begun and ended 20 times a minute, which is less than two calls for each of the lives that a minute has here. All other limits stand.
        slack.SetLimitFactor(SlackTier.Two, 5);
    }

    public IReadOnlyDictionary<string, string> Settings => SlackBot.SettingsFor(_slack).ToDictionary(setting => setting.Key.Replace(":", "__", StringComparison.Ordinal), setting => setting.Value ?? "");

    public IReadOnlyList<BrokenRule> BrokenRules => [.. _slack.Violations.Select(violation => new BrokenRule(violation.Rule, $"{violation.Facts}: {violation.Detail}"))];

    public IReadOnlyList<string> Unfinished => [.. _slack.ProcessingThreads.Select(thread => $"{thread} is left processing")];

    public static async Task<IChaosPlatform> StartAsync() => new SlackChaos(await SlackPlatform.StartAsync());

    public void DeliverTo(Uri bot, Func<Task> beforeAnswer)
    {
        _slack.DeliverTo(bot);
        _slack.BeforeAnswer = _ => beforeAnswer();
    }

    public IChaosChat Begin(bool isPersonal) => new SlackChat(_slack, isPersonal);

    public Task WaitForAsync(Func<bool> condition, TimeSpan limit, CancellationToken cancellationToken) => _slack.WaitForAsync(_ => condition(), limit, cancellationToken);

    public ValueTask DisposeAsync() => _slack.DisposeAsync();
}
