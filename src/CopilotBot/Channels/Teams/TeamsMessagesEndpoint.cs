using System.Net;
using CopilotBot.Channels.Teams.Auth;
using CopilotBot.Telemetry;
using Microsoft.Extensions.Options;

namespace CopilotBot.Channels.Teams;

/// <summary>Where the Bot Connector delivers: verified, parsed, stored, acknowledged. Work comes after.</summary>
internal sealed partial class TeamsMessagesEndpoint(TeamsTokenValidator validator, TeamsInbox inbox, TeamsInvokes invokes, IOptions<TeamsOptions> options, IOptions<TeamsAuthOptions> auth, ILogger<TeamsMessagesEndpoint> logger)
{
    public const string Path = "/api/messages";

    /// <summary>A message of Teams has 100 KB at most (facts/teams.md §2.6).</summary>
    private const int MaximumBytes = 1 << 20;

    public async Task HandleAsync(HttpContext http)
    {
        if (!TeamsSetup.IsOn(auth.Value, options.Value))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (!HttpMethods.IsPost(http.Request.Method))
        {
            http.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return;
        }

        if (await ReadBody.ReadAsync(http, MaximumBytes) is not { } body)
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
        if (!IsLocalWhereItMustBe(http))
        {
            Log.NotLocal(logger);
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var verdict = await validator.ValidateAsync(http.Request.Headers.Authorization, facts, http.RequestAborted);
        if (!verdict.IsAccepted || activity.ChannelId != "msteams")
        {
            // No detail goes out: who may not come in learns nothing.
            CopilotTelemetry.EventReceived(TeamsAdapter.Name, "other", "refused");
            http.Response.StatusCode = verdict.IsAccepted ? StatusCodes.Status400BadRequest : verdict.HttpStatus;
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

    /// <summary>Without tokens there is only this machine, and nobody whom something here forwards for.</summary>
    private bool IsLocalWhereItMustBe(HttpContext http) =>
        !options.Value.Anonymous
        || (http.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from) && !http.Request.Headers.ContainsKey("X-Forwarded-For") && !http.Request.Headers.ContainsKey("Forwarded"));

    private static async Task RespondAsync(HttpContext http, InvokeResponse response)
    {
        http.Response.StatusCode = response.Status;
        http.Response.ContentType = "application/json; charset=utf-8";
        await http.Response.WriteAsync(response.Body is null ? "{}" : TeamsWire.Write(response.Body), http.RequestAborted);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A request for Teams was refused: in anonymous mode only this machine is let in, and nobody whom it forwards for.")]
        public static partial void NotLocal(ILogger logger);
    }
}
