using CopilotBot.Channels.Slack;
using CopilotBot.Channels.Slack.Auth;
using CopilotBot.Channels.Teams;
using CopilotBot.Channels.Webhooks;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace CopilotBot.Channels;

/// <summary>
/// What platforms deliver to. It stands before the host filter and the pages, which are for this machine alone: what comes in here is verified by the platform's
/// own rules. Addresses of Channels:Urls lead here and nowhere else.
/// </summary>
internal static class ChannelDoor
{
    /// <summary>Marks what comes in by an address that is for channels only.</summary>
    public static void Mark(ListenOptions listen) => listen.Use(next => connection =>
    {
        connection.Features.Set(new ForChannelsOnly());
        return next(connection);
    });

    /// <summary>Goes behind the command socket and in front of everything else.</summary>
    public static void UseChannels(this WebApplication app)
    {
        app.Use(async (http, next) =>
        {
            if (http.Request.Path == TeamsMessagesEndpoint.Path)
            {
                await http.RequestServices.GetRequiredService<TeamsMessagesEndpoint>().HandleAsync(http);
            }
            else if (SlackEndpoint.Takes(http.Request.Path))
            {
                await http.RequestServices.GetRequiredService<SlackEndpoint>().HandleAsync(http);
            }
            else if (SlackOAuthEndpoint.Takes(http.Request.Path))
            {
                await http.RequestServices.GetRequiredService<SlackOAuthEndpoint>().HandleAsync(http);
            }
            else if (SourceWebhookEndpoint.Takes(http.Request.Path))
            {
                await http.RequestServices.GetRequiredService<SourceWebhookEndpoint>().HandleAsync(http);
            }
            else if (http.Features.Get<ForChannelsOnly>() is not null)
            {
                http.Response.StatusCode = StatusCodes.Status404NotFound;
            }
            else
            {
                await next(http);
            }
        });
    }

    private sealed class ForChannelsOnly;
}
