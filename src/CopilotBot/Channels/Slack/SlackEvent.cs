using System.Text.Json;
using CopilotBot.Channels.Slack.Auth;

namespace CopilotBot.Channels.Slack;

/// <summary>The envelope of an event with what every event has (facts/slack.md §1.3). Which install it is for says the first authorization, never the outer team.</summary>
/// <param name="BotUser">"U…" of the bot there; empty where Slack names none.</param>
/// <param name="Team">"T…" of the person it is about, as far as Slack says.</param>
/// <param name="IsExternal">It comes from a channel that is shared with another organisation.</param>
/// <param name="Body">The event itself.</param>
internal sealed record SlackEvent(string Id, string Type, string Workspace, string BotUser, string? Team, bool IsExternal, DateTimeOffset At, JsonElement Body)
{
    /// <returns>Null for what is no event of a workspace.</returns>
    public static SlackEvent? Parse(JsonElement envelope)
    {
        var body = WireJson.Property(envelope, "event");
        if (WireJson.Words(body, "type") is not { } type || WireJson.Words(envelope, "event_id") is not { } id)
        {
            return null;
        }

        var authorization = WireJson.Items(envelope, "authorizations").FirstOrDefault();
        var owner = authorization.ValueKind == JsonValueKind.Object ? authorization : envelope;
        var workspace = SlackInstallation.KeyOf(WireJson.Words(owner, "enterprise_id"), WireJson.Words(owner, "team_id"), WireJson.IsTrue(owner, "is_enterprise_install"));
        var seconds = WireJson.Property(envelope, "event_time") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var value) ? value : 0;
        return new SlackEvent(
            id,
            type,
            workspace,
            WireJson.IsTrue(authorization, "is_bot") ? WireJson.Words(authorization, "user_id") ?? "" : "",
            WireJson.Words(body, "user_team") ?? WireJson.Words(body, "source_team") ?? WireJson.Words(body, "team") ?? WireJson.Words(envelope, "team_id"),
            WireJson.IsTrue(envelope, "is_ext_shared_channel"),
            DateTimeOffset.FromUnixTimeSeconds(seconds),
            body.Clone());
    }
}
