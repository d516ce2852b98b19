using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CopilotBot.Channels.Slack.Auth;
using CopilotBot.Telemetry;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace CopilotBot.Channels.Slack;

/// <summary>Where Slack delivers (facts/slack.md §1): verified over the bytes as they came, parsed from those bytes, stored, acknowledged. Work comes after.</summary>
internal sealed partial class SlackEndpoint(SlackSignature signature, SlackInbox inbox, IOptions<SlackOptions> options, IOptions<SlackSecrets> secrets, ILogger<SlackEndpoint> logger)
{
    private const string Events = "/slack/events";

    private const string Commands = "/slack/commands";

    private const string Interactivity = "/slack/interactivity";

    private const string Options = "/slack/options";

    private const int MaximumBytes = 1 << 20;

    public static bool Takes(PathString path) => path == Events || path == Commands || path == Interactivity || path == Options;

    public async Task HandleAsync(HttpContext http)
    {
        // In Socket Mode nothing comes by HTTP (§5).
        if (options.Value.SocketMode || string.IsNullOrEmpty(secrets.Value.SigningSecret) || !HttpMethods.IsPost(http.Request.Method))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (await ReadBody.ReadAsync(http, MaximumBytes) is not { } body)
        {
            http.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return;
        }

        var path = http.Request.Path;
        if (path != Events && IsCertificateCheck(body))
        {
            return;
        }

        if (signature.Verify(http.Request.Headers[SlackSignature.TimestampHeader], http.Request.Headers[SlackSignature.SignatureHeader], body.Span) is { IsAccepted: false, Reason: var problem })
        {
            // No detail goes out: who may not come in learns nothing.
            Log.Refused(logger, problem);
            CopilotTelemetry.EventReceived(SlackAdapter.Name, "other", "refused");
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        try
        {
            using var json = Parse(path, body);
            await AnswerAsync(http, await TakeAsync(path, json.RootElement));
        }
        catch (JsonException)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
        }
    }

    private async Task<JsonObject?> TakeAsync(PathString path, JsonElement payload)
    {
        if (path == Events && WireJson.Text(payload, "type") == "url_verification")
        {
            return new JsonObject { ["challenge"] = WireJson.Text(payload, "challenge") };
        }

        return await inbox.TakeAsync(new SlackDelivery(path == Events ? SlackDeliveryKind.Event : path == Commands ? SlackDeliveryKind.Command : SlackDeliveryKind.Interaction, payload));
    }

    private static JsonDocument Parse(PathString path, ReadOnlyMemory<byte> body)
    {
        if (path == Events)
        {
            return JsonDocument.Parse(body);
        }

        // Whatever the media type says (§1.1): the path tells what it is.
        var form = QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body.Span));
        return path == Commands
            ? JsonSerializer.SerializeToDocument(form.ToDictionary(field => field.Key, field => field.Value.ToString()), SlackJson.Default.DictionaryStringString)
            : JsonDocument.Parse(form.TryGetValue("payload", out var payload) ? payload.ToString() : "");
    }

    /// <summary>Slack looks at the certificate, unsigned: nothing else in such a request counts (§1.1).</summary>
    private static bool IsCertificateCheck(ReadOnlyMemory<byte> body) => QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body.Span)).TryGetValue("ssl_check", out var check) && check == "1";

    private static async Task AnswerAsync(HttpContext http, JsonObject? answer)
    {
        http.Response.StatusCode = StatusCodes.Status200OK;
        if (answer is not null)
        {
            http.Response.ContentType = "application/json; charset=utf-8";
            await http.Response.WriteAsync(answer.ToJsonString(), http.RequestAborted);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A request to Slack's addresses was refused: {Problem}.")]
        public static partial void Refused(ILogger logger, string problem);
    }
}
