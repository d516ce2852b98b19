using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CopilotBot.FakeSlack;
using Microsoft.Extensions.Time.Testing;

namespace CopilotBot.Tests.FakeSlack;

/// <summary>A platform on a clock that stands still, a raw client in front of it, and a bot that takes everything.</summary>
internal sealed class Bench : IAsyncDisposable
{
    private readonly HttpClient _http = new();

    private Bench(SlackPlatform slack, FakeTimeProvider clock)
    {
        (Slack, Clock) = (slack, clock);
        Ada = slack.AddUser("Ada Lovelace", "ada@halvorne.example");
        Bob = slack.AddUser("Bob", "bob@halvorne.example");
        Channel = slack.AddChannel("harbour", Ada, Bob);
        Direct = slack.Direct(Ada);
        slack.EchoesBotActs = false;
        slack.SendsThreadCounters = false;
        Bot = BotStub.Accepting();
        Use(Bot);
    }

    public SlackPlatform Slack { get; }

    public FakeTimeProvider Clock { get; }

    public SlackUser Ada { get; }

    public SlackUser Bob { get; }

    public SlackChannel Channel { get; }

    public SlackChannel Direct { get; }

    public BotStub Bot { get; private set; }

    public IEnumerable<string> Broken => Slack.Violations.Select(violation => violation.Rule);

    public static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<Bench> StartAsync()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.Zero));
        return new(await SlackPlatform.StartAsync(clock), clock);
    }

    public void Use(BotStub bot)
    {
        Bot = bot;
        Slack.DeliverTo(new Uri("http://bot.test/"), new HttpClient(bot));
    }

    /// <summary>A message of Ada's to reply to.</summary>
    public async Task<string> AskAsync(SlackChannel? channel = null) => (await Slack.As(Ada).SayAsync(channel ?? Channel, "Hello", cancellationToken: Cancelled)).Ts;

    /// <summary>A post that breaks no rule.</summary>
    public Task<Reply> PostAsync(SlackChannel channel, string text, string? threadTs = null) => CallAsync("chat.postMessage", Post(channel, text, threadTs));

    public static Dictionary<string, object?> Post(SlackChannel channel, string text, string? threadTs = null)
    {
        var arguments = new Dictionary<string, object?> { ["channel"] = channel.Id, ["text"] = text, ["unfurl_links"] = false, ["unfurl_media"] = false };
        if (threadTs is not null)
        {
            arguments["thread_ts"] = threadTs;
        }

        return arguments;
    }

    public Task<Reply> PostBlocksAsync(string blocks, string text = "x") => CallAsync("chat.postMessage", new Dictionary<string, object?>(Post(Channel, text)) { ["blocks"] = JsonElement.Parse(blocks) });

    /// <summary>As JSON.</summary>
    public Task<Reply> CallAsync(string method, object arguments) =>
        SendAsync(Slack.ApiUrl + method, new StringContent(JsonSerializer.Serialize(arguments), Encoding.UTF8, "application/json"), Slack.Workspace.BotToken);

    public Task<Reply> FormAsync(string method, params (string Name, string Value)[] fields) => FormWithAsync(Slack.Workspace.BotToken, method, fields);

    public Task<Reply> FormWithAsync(string? token, string method, params (string Name, string Value)[] fields) =>
        SendAsync(Slack.ApiUrl + method, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))), token);

    public async Task<Reply> SendAsync(string address, HttpContent content, string? token, string scheme = "Bearer")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address)) { Content = content };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue(scheme, token);
        using var response = await _http.SendAsync(request, Cancelled);
        var text = await response.Content.ReadAsStringAsync(Cancelled);
        return new(response.StatusCode, text, text.StartsWith('{') ? JsonElement.Parse(text) : default, response.Headers.RetryAfter?.Delta);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Slack.DisposeAsync();
    }

    internal sealed record Reply(HttpStatusCode Code, string Text, JsonElement Body, TimeSpan? RetryAfter)
    {
        public bool IsOk => Body.GetProperty("ok").GetBoolean();

        /// <summary>Empty for success.</summary>
        public string Error => Body.TryGetProperty("error", out var error) ? error.GetString()! : "";

        public string Ts => Body.GetProperty("ts").GetString()!;

        public JsonElement this[string name] => Body.GetProperty(name);
    }
}
