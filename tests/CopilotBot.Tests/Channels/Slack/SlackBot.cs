using CopilotBot.FakeSlack;
using Microsoft.Extensions.DependencyInjection;

namespace CopilotBot.Tests.Channels.Slack;

/// <summary>The whole server over the demo, in this process, with a fake of Slack before it.</summary>
internal sealed class SlackBot : IAsyncDisposable
{
    private readonly BotServer _server;

    private SlackBot(SlackPlatform slack, BotServer server) => (Slack, _server) = (slack, server);

    public SlackPlatform Slack { get; }

    public Uri Address => _server.Address;

    public IServiceProvider Services => _server.Services;

    public string Log => _server.Log;

    public string DataFolder => _server.DataFolder;

    /// <param name="settings">Beside those of one workspace with a bot token.</param>
    /// <param name="plant">Replaces parts of the product.</param>
    /// <param name="time">Slack's clock.</param>
    public static Task<SlackBot> StartAsync(
        IReadOnlyDictionary<string, string?>? settings = null, Action<IServiceCollection>? plant = null, string? indexed = null, TimeProvider? time = null) =>
        StartAsync(_ => settings ?? new Dictionary<string, string?>(), plant, indexed, time);

    public static async Task<SlackBot> StartAsync(
        Func<SlackPlatform, IReadOnlyDictionary<string, string?>> settings, Action<IServiceCollection>? plant = null, string? indexed = null, TimeProvider? time = null)
    {
        var slack = await SlackPlatform.StartAsync(time);
        var all = SettingsFor(slack);
        foreach (var (key, value) in settings(slack))
        {
            all[key] = value;
        }

        var bot = new SlackBot(slack, await BotServer.StartAsync(all, plant, indexed));
        slack.DeliverTo(bot.Address);
        return bot;
    }

    public static Dictionary<string, string?> SettingsFor(SlackPlatform slack) => new()
    {
        ["COPILOTBOT_SLACK_SIGNING_SECRET"] = slack.SigningSecret,
        ["COPILOTBOT_SLACK_BOT_TOKEN"] = slack.Workspace.BotToken,
        ["Slack:ApiUrl"] = slack.ApiUrl,
        ["Slack:AllowedTeams:0"] = slack.Workspace.TeamId,
        ["Slack:EmailDomains:0"] = "halvorne.example",
    };

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await Slack.DisposeAsync();
    }
}
