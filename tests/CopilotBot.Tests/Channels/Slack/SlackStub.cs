using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace CopilotBot.Tests.Channels.Slack;

/// <summary>Answers the product's requests in order, and remembers them; the last answer is given again and again.</summary>
internal sealed class SlackStub(params Func<CancellationToken, Task<HttpResponseMessage>>[] replies) : HttpMessageHandler
{
    private int _calls;

    public ConcurrentQueue<(string Address, string? Authorization, string Body, string? MediaType)> Requests { get; } = new();

    /// <summary>False leaves the body of a request unread: it has not left.</summary>
    public bool ReadsBodies { get; init; } = true;

    /// <summary>Answers of single methods, before all others; null for none.</summary>
    public Func<string, string, Task<HttpResponseMessage>?>? ByMethod { get; init; }

    public static SlackStub Always(int status, string body = "", params (string Name, string Value)[] headers) => new(Reply(status, body, headers));

    public static Func<CancellationToken, Task<HttpResponseMessage>> Reply(int status, string body = "", params (string Name, string Value)[] headers) => _ => Task.FromResult(Response(status, body, headers));

    public static HttpResponseMessage Response(int status, string body = "", params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }

    /// <summary>Requests of one method.</summary>
    public IReadOnlyList<(string Address, string? Authorization, string Body, string? MediaType)> Of(string method) =>
        [.. Requests.Where(request => request.Address.EndsWith($"/{method}", StringComparison.Ordinal))];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = ReadsBodies && request.Content is not null ? await request.Content.ReadAsStringAsync(cancellationToken) : "";
        var address = request.RequestUri!.AbsoluteUri;
        Requests.Enqueue((address, request.Headers.Authorization?.ToString(), body, request.Content?.Headers.ContentType?.ToString()));
        return ByMethod?.Invoke(address[(address.LastIndexOf('/') + 1)..], body) is { } reply
            ? await reply
            : await replies[Math.Min(Interlocked.Increment(ref _calls), replies.Length) - 1](cancellationToken);
    }
}
