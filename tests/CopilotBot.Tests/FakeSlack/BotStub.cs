using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace CopilotBot.Tests.FakeSlack;

/// <summary>Stands for the bot: answers each request by its number, from 1 on.</summary>
internal sealed class BotStub(Func<int, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
{
    public List<Request> Requests { get; } = [];

    /// <summary>Completes when the first request is there.</summary>
    public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Inner events of what came, oldest first.</summary>
    public IReadOnlyList<JsonElement> Events => [.. Requests.Select(request => request.Json).Where(json => json.TryGetProperty("event", out _)).Select(json => json.GetProperty("event"))];

    public Request Last => Requests[^1];

    public static BotStub Accepting() => Answering(_ => HttpStatusCode.OK);

    public static BotStub Answering(Func<int, HttpStatusCode> status, string body = "", string mediaType = "application/json") =>
        new((number, _) => Task.FromResult(new HttpResponseMessage(status(number)) { Content = new StringContent(body, null, mediaType) }));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = await request.Content!.ReadAsStringAsync(CancellationToken.None);
        var headers = request.Headers.ToDictionary(header => header.Key, header => string.Join(",", header.Value), StringComparer.OrdinalIgnoreCase);
        lock (Requests)
        {
            Requests.Add(new(request.RequestUri!.AbsolutePath, body, headers));
        }

        Reached.TrySetResult();
        return await answer(Requests.Count, cancellationToken);
    }

    internal sealed record Request(string Path, string Body, IReadOnlyDictionary<string, string> Headers)
    {
        public JsonElement Json => JsonElement.Parse(Body);

        public JsonElement Payload => JsonElement.Parse(Form("payload"));

        public string Form(string field) => QueryHelpers.ParseQuery(Body)[field].ToString();
    }
}
