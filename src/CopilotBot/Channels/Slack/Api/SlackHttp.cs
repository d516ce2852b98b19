using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;

namespace CopilotBot.Channels.Slack.Api;

/// <summary>One request to Slack. Nothing is repeated, and nobody waits here for a limit.</summary>
internal sealed class SlackHttp(IHttpClientFactory clients, IOptions<SlackOptions> options, TimeProvider clock)
{
    public const string HttpClientName = "CopilotBot.Slack";

    private const long LargestBody = 8 * 1024 * 1024;

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <param name="authorization">Token or client secret; null for none.</param>
    public async Task<SlackAnswer> CallAsync(string method, IEnumerable<KeyValuePair<string, string>> form, AuthenticationHeaderValue? authorization, CancellationToken cancellationToken)
    {
        using var encoded = new FormUrlEncodedContent(form);
        using var body = new OutgoingBody(await encoded.ReadAsByteArrayAsync(cancellationToken), "application/x-www-form-urlencoded");
        return await SendAsync(SlackAddresses.MethodUrl(options.Value.ApiUrl, method), body, authorization, cancellationToken);
    }

    /// <param name="address">A response_url that was looked at.</param>
    public async Task<SlackAnswer> RespondAsync(Uri address, JsonObject message, CancellationToken cancellationToken)
    {
        using var body = new OutgoingBody(JsonSerializer.SerializeToUtf8Bytes(message, SlackForm.Relaxed), "application/json");
        return await SendAsync(address, body, authorization: null, cancellationToken);
    }

    private async Task<SlackAnswer> SendAsync(Uri address, OutgoingBody body, AuthenticationHeaderValue? authorization, CancellationToken cancel)
    {
        using var timeout = new CancellationTokenSource(Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = body };
        request.Headers.Authorization = authorization;
        try
        {
            using var client = clients.CreateClient(HttpClientName);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return new SlackAnswer((int)response.StatusCode, await ReadAsync(response, either.Token), PlatformHttp.WaitOf(response, clock.GetUtcNow()));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Without("timeout", body);
        }
        catch (HttpRequestException exception)
        {
            return Without(exception.HttpRequestError.ToString(), body);
        }
        catch (IOException)
        {
            return Without("connection", body);
        }
    }

    private static SlackAnswer Without(string problem, OutgoingBody body) =>
        new(Status: 0, Fault: body.HasLeft ? SlackFault.NoAnswer : SlackFault.NotSent, Problem: problem);

    /// <summary>The status counts, also when the connection ends within the body.</summary>
    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(LargestBody, cancel);
            using var json = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancel));
            return json.RootElement.ValueKind == JsonValueKind.Object ? json.RootElement.Clone() : default;
        }
        catch (Exception exception) when (exception is JsonException or HttpRequestException or IOException or InvalidOperationException or OperationCanceledException)
        {
            return default;
        }
    }
}
