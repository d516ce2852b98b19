using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using CopilotBot.Channels.Teams.Auth;

namespace CopilotBot.Channels.Teams.Connector;

/// <summary>One request to the connector, with the bot's token. Nothing is repeated, but for one try with a renewed token after a 401.</summary>
internal sealed partial class ConnectorHttp(IHttpClientFactory clients, ConnectorTokens tokens, ServiceHosts hosts, TimeProvider clock, ILogger<ConnectorHttp> logger)
{
    public const string HttpClientName = "CopilotBot.Teams.Connector";

    private const long LargestBody = 8 * 1024 * 1024;

    /// <summary>Of each try, without the time that the token takes.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <param name="path">Below the service address, its ids percent-encoded.</param>
    public async Task<ConnectorReply> CallAsync(HttpMethod method, string serviceUrl, string path, string? json, CancellationToken cancel)
    {
        if (!hosts.IsAllowed(serviceUrl))
        {
            return ConnectorReply.Failed(ConnectorFault.HostRefused, "service host not allowed");
        }

        var address = new Uri($"{serviceUrl.TrimEnd('/')}/{path}");
        var token = await tokens.GetAsync(cancel);
        var reply = await TryAsync(method, address, json, token, cancel);
        if (reply.Status == StatusCodes.Status401Unauthorized && token.Value is not null)
        {
            var renewed = await tokens.RenewAsync(token, cancel);
            if (renewed.Value != token.Value)
            {
                reply = await TryAsync(method, address, json, renewed, cancel);
            }
        }

        return reply;
    }

    private async Task<ConnectorReply> TryAsync(HttpMethod method, Uri address, string? json, ConnectorToken token, CancellationToken cancel)
    {
        if (token.Problem is { } problem)
        {
            return ConnectorReply.Failed(token.IsTransient ? ConnectorFault.TokenMissing : ConnectorFault.TokenRefused, problem, token.Wait);
        }

        using var timeout = new CancellationTokenSource(Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        using var body = json is null ? null : new OutgoingBody(Encoding.UTF8.GetBytes(json), "application/json");
        using var request = new HttpRequestMessage(method, address) { Content = body };
        if (token.Value is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Value);
        }

        try
        {
            using var client = clients.CreateClient(HttpClientName);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var reply = new ConnectorReply((int)response.StatusCode, await ReadAsync(response, either.Token), CorrelationOf(response), PlatformHttp.WaitOf(response, clock.GetUtcNow()));
            if (!response.IsSuccessStatusCode)
            {
                Log.Answered(logger, method, reply.Status, reply.Correlation);
            }

            return reply;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Without("timeout", hasLeft: body?.HasLeft ?? true);
        }
        catch (HttpRequestException exception)
        {
            var couldConnect = exception.HttpRequestError is not (HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError);
            return Without(exception.HttpRequestError.ToString(), hasLeft: body?.HasLeft ?? couldConnect);
        }
        catch (IOException)
        {
            return Without("connection", hasLeft: body?.HasLeft ?? true);
        }
    }

    private static ConnectorReply Without(string problem, bool hasLeft) => ConnectorReply.Failed(hasLeft ? ConnectorFault.NoAnswer : ConnectorFault.NotSent, problem);

    /// <summary>The status counts, also when the connection ends within the body.</summary>
    private static async Task<string?> ReadAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(LargestBody, cancel);
            return await response.Content.ReadAsStringAsync(cancel);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or InvalidOperationException or OperationCanceledException)
        {
            return null;
        }
    }

    private static string CorrelationOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues("MS-CV", out var values) && values.First() is var value && CorrelationShape.IsMatch(value) ? value : "";

    [GeneratedRegex(@"\A[A-Za-z0-9+/=._:-]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex CorrelationShape { get; }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "The connector answered a {Method} with {Status} (MS-CV {Correlation}).")]
        public static partial void Answered(ILogger logger, HttpMethod method, int status, string correlation);
    }
}
