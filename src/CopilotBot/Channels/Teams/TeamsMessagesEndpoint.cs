using CopilotBot.Channels.Teams.Auth;
using CopilotBot.Channels.Teams.Rendering;
using CopilotBot.Telemetry;

namespace CopilotBot.Channels.Teams;

/// <summary>Where the Bot Connector delivers: verified, parsed, stored, acknowledged. Work comes after.</summary>
internal sealed partial class TeamsMessagesEndpoint(TeamsTokenValidator validator, TeamsInbox inbox, TeamsInvokes invokes, ILogger<TeamsMessagesEndpoint> logger)
{
    public const string Path = "/api/messages";

    /// <summary>A message of Teams has 100 KB at most (facts/teams.md §2.6).</summary>
    private const int MaximumBytes = 1 << 20;

    public async Task HandleAsync(HttpContext http)
    {
        if (!HttpMethods.IsPost(http.Request.Method))
        {
            http.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return;
        }

        if (await ReadAsync(http) is not { } body)
        {
            http.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return;
        }

        TeamsActivity activity;
        try
        {
            activity = TeamsActivity.Parse(body);
        }
        catch (FormatException)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var facts = new InboundFacts(activity.ServiceUrl, activity.ChannelId, activity.Conversation.Tenant);
        var verdict = await validator.ValidateAsync(http, facts, http.RequestAborted);
        if (!verdict.IsAccepted)
        {
            // No detail goes out: who may not come in learns nothing.
            Log.Refused(logger, verdict.HttpStatus, verdict.Reason);
            CopilotTelemetry.EventReceived(TeamsAdapter.Name, "other", "refused");
            http.Response.StatusCode = verdict.HttpStatus;
            return;
        }

        if (activity.Type == "invoke")
        {
            await RespondAsync(http, await invokes.AnswerAsync(activity));
            return;
        }

        await inbox.TakeAsync(activity, http.RequestAborted);
        http.Response.StatusCode = StatusCodes.Status200OK;
    }

    private static async Task RespondAsync(HttpContext http, InvokeResponse response)
    {
        http.Response.StatusCode = response.Status;
        http.Response.ContentType = "application/json; charset=utf-8";
        await http.Response.WriteAsync(response.Body?.ToJsonString(TeamsText.Json) ?? "{}", http.RequestAborted);
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await http.Request.Body.ReadAsync(buffer, http.RequestAborted)) > 0)
        {
            if (body.Length + read > MaximumBytes)
            {
                return null;
            }

            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A delivery of Teams was refused with {Status}: {Reason}")]
        public static partial void Refused(ILogger logger, int status, string reason);
    }
}
