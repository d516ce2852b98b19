using System.Net;
using System.Text.Json;

namespace CopilotBot.Tests.FakeTeams;

/// <summary>Stands for the bot: answers each activity by its number, from 1 on.</summary>
internal sealed class BotStub(Func<int, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
{
    public List<string> Bodies { get; } = [];

    public List<string?> Bearers { get; } = [];

    /// <summary>Completes when the first activity is there.</summary>
    public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<JsonElement> Activities => [.. Bodies.Select(body => JsonElement.Parse(body))];

    public JsonElement Last => Activities[^1];

    public static BotStub Accepting() => Answering(_ => HttpStatusCode.Accepted);

    public static BotStub Answering(Func<int, HttpStatusCode> status, string body = "") =>
        new((number, _) => Task.FromResult(new HttpResponseMessage(status(number)) { Content = new StringContent(body) }));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Bodies.Add(await request.Content!.ReadAsStringAsync(cancellationToken));
        Bearers.Add(request.Headers.Authorization?.Parameter);
        Reached.TrySetResult();
        return await answer(Bodies.Count, cancellationToken);
    }
}
