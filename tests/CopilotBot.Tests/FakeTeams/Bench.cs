using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CopilotBot.FakeTeams;
using Microsoft.Extensions.Time.Testing;

namespace CopilotBot.Tests.FakeTeams;

/// <summary>A connector on a clock that stands still, and a raw client in front of it.</summary>
internal sealed class Bench : IAsyncDisposable
{
    private readonly HttpClient _http = new();

    private Bench(FakeConnector connector, FakeTimeProvider clock)
    {
        (Connector, Clock) = (connector, clock);
        Ada = connector.AddUser("Ada Lovelace");
        Bob = connector.AddUser("Bob");
        Chat = connector.AddPersonalChat(Ada);
        Group = connector.AddGroupChat(Ada, Bob);
        Team = connector.AddTeam("Platform", Ada, Bob);
    }

    public FakeConnector Connector { get; }

    public FakeTimeProvider Clock { get; }

    public TeamsUser Ada { get; }

    public TeamsUser Bob { get; }

    public TeamsConversation Chat { get; }

    public TeamsConversation Group { get; }

    public TeamsTeam Team { get; }

    public IEnumerable<string> Broken => Connector.Violations.Select(violation => violation.Rule);

    public static async Task<Bench> StartAsync()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.Zero));
        return new(await FakeConnector.StartAsync(clock), clock);
    }

    public Task<Reply> PostAsync(TeamsConversation conversation, object activity) => CallAsync("POST", $"v3/conversations/{Escape(conversation.Id)}/activities", activity);

    public Task<Reply> PutAsync(TeamsConversation conversation, string id, object activity) =>
        CallAsync("PUT", $"v3/conversations/{Escape(conversation.Id)}/activities/{Escape(id)}", activity);

    public Task<Reply> DeleteAsync(TeamsConversation conversation, string id) => CallAsync("DELETE", $"v3/conversations/{Escape(conversation.Id)}/activities/{Escape(id)}");

    public Task<Reply> GetAsync(string path) => CallAsync("GET", path);

    /// <param name="body">An object, or the JSON as text.</param>
    public async Task<Reply> CallAsync(string method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Connector.ServiceUrl + path));
        request.Content = body is null ? null : JsonContent.Create(body is string text ? JsonElement.Parse(text) : body);
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var answer = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new(response.StatusCode, answer.Length == 0 ? default : JsonElement.Parse(answer), response.Headers.RetryAfter?.Delta);
    }

    public TeamsClient ClientOf(BotStub bot) => new(Connector, new HttpClient(bot), new Uri("http://bot.test/api/messages"));

    public static string Escape(string id) => Uri.EscapeDataString(id);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Connector.DisposeAsync();
    }

    internal sealed record Reply(HttpStatusCode Code, JsonElement Body, TimeSpan? RetryAfter)
    {
        public int Status => (int)Code;

        public string Id => Body.GetProperty("id").GetString()!;

        public string Error => Body.GetProperty("error").GetProperty("code").GetString()!;

        public string Message => Body.GetProperty("error").GetProperty("message").GetString()!;
    }
}
