using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace CopilotBot.Tests.Channels.Teams.Connector;

/// <summary>Answers the product's requests in order, and remembers them; the last answer is given again and again.</summary>
internal sealed class ConnectorStub(params Func<CancellationToken, Task<HttpResponseMessage>>[] replies) : HttpMessageHandler
{
    private int _calls;

    public ConcurrentQueue<(HttpMethod Method, string Address, string? Authorization, string Body)> Requests { get; } = new();

    /// <summary>False leaves the body of a request unread: it has not left.</summary>
    public bool ReadsBodies { get; init; } = true;

    public static ConnectorStub Always(int status, string body = "", params (string Name, string Value)[] headers) => new(Reply(status, body, headers));

    public static Func<CancellationToken, Task<HttpResponseMessage>> Reply(int status, string body = "", params (string Name, string Value)[] headers) => _ =>
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return Task.FromResult(response);
    };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = ReadsBodies && request.Content is not null ? await request.Content.ReadAsStringAsync(cancellationToken) : "";
        Requests.Enqueue((request.Method, request.RequestUri!.AbsoluteUri, request.Headers.Authorization?.ToString(), body));
        return await replies[Math.Min(Interlocked.Increment(ref _calls), replies.Length) - 1](cancellationToken);
    }
}
