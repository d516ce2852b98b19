using System.Globalization;
using System.Text.Json.Nodes;

namespace CopilotBot.FakeSlack;

/// <summary>Events and their envelopes as they come over the wire (facts §1.3, §4.1); called under the platform's lock.</summary>
internal sealed class Envelopes(SlackPlatform platform)
{
    public const string VerificationToken = "fake-verification-token";

    private int _events;

    public static IReadOnlyList<string> AllEvents { get; } =
    [
        "app_mention", "message.im", "message.channels", "message.groups", "message.mpim", "app_home_opened", "app_context_changed", "agent_session_stopped",
        "agent_session_title_changed", "tokens_revoked", "app_uninstalled", "user_change", "member_joined_channel", "member_left_channel",
    ];

    /// <summary>Whether the app asked for it; an event that this fake does not know goes out always.</summary>
    public static bool IsWanted(JsonObject inner, ISet<string> subscriptions)
    {
        var type = (string?)inner["type"];
        var name = type != "message" ? type : $"message.{(string?)inner["channel_type"] switch { "channel" => "channels", "group" => "groups", var other => other }}";
        return !AllEvents.Contains(name) || subscriptions.Contains(name!); // it is in the list
    }

    public JsonObject Wrap(SlackWorkspace workspace, SlackChannel? channel, JsonObject inner)
    {
        var install = workspace.Install;
        var number = (++_events).ToString("D8", CultureInfo.InvariantCulture);
        inner["event_ts"] ??= platform.Directory.NextTs();
        return new()
        {
            ["token"] = VerificationToken,
            ["team_id"] = workspace.TeamId,
            ["enterprise_id"] = workspace.EnterpriseId,
            ["context_team_id"] = workspace.TeamId,
            ["context_enterprise_id"] = workspace.EnterpriseId,
            ["api_app_id"] = platform.AppId,
            ["event"] = inner.DeepClone(),
            ["type"] = "event_callback",
            ["event_id"] = $"Ev0{number}",
            ["event_time"] = platform.Time.GetUtcNow().ToUnixTimeSeconds(),
            ["event_context"] = $"4-{number}",
            ["is_ext_shared_channel"] = channel?.IsExtShared ?? false,
            ["authorizations"] = new JsonArray(new JsonObject
            {
                ["enterprise_id"] = workspace.EnterpriseId,
                ["team_id"] = install.IsEnterprise ? null : workspace.TeamId,
                ["user_id"] = install.BotUserId,
                ["is_bot"] = true,
                ["is_enterprise_install"] = install.IsEnterprise,
            }),
        };
    }

    public JsonObject RateLimited(SlackWorkspace workspace) => new()
    {
        ["token"] = VerificationToken,
        ["type"] = "app_rate_limited",
        ["team_id"] = workspace.TeamId,
        ["minute_rate_limited"] = platform.Time.GetUtcNow().ToUnixTimeSeconds() / 60 * 60,
        ["api_app_id"] = platform.AppId,
    };

    public JsonObject Message(MessageState message)
    {
        var json = MessageJson.Of(message, message.Channel.Workspace.Install);
        (json["channel"], json["channel_type"], json["event_ts"]) = (message.Channel.Id, message.Channel.Type, message.Ts);
        if (message.IsBot)
        {
            return json;
        }

        json["client_msg_id"] = $"fake-{message.Channel.Id}-{message.Ts}";
        Team(json, message);
        return json;
    }

    public JsonObject Mention(MessageState message)
    {
        var json = new JsonObject
        {
            ["type"] = "app_mention",
            ["user"] = message.UserId,
            ["text"] = message.Current!.Text, // people's messages have one from the start
            ["ts"] = message.Ts,
            ["channel"] = message.Channel.Id,
            ["team"] = message.Channel.Workspace.TeamId,
            ["event_ts"] = message.Ts,
        };
        if (message.ThreadTs is { } thread)
        {
            json["thread_ts"] = thread;
        }

        Team(json, message);
        return json;
    }

    /// <summary>An edit, an unfurl, a counter, a tombstone.</summary>
    /// <param name="previous">The message before; of the bot's own updates this fake repeats what is there now but for the text.</param>
    public JsonObject Changed(MessageState message, JsonObject previous)
    {
        if (message is { IsBot: true, Versions.Count: > 1 })
        {
            previous["text"] = message.Versions[^2].Text;
        }

        var json = Notice(message, "message_changed");
        (json["message"], json["previous_message"]) = (MessageJson.Of(message, message.Channel.Workspace.Install), previous);
        return json;
    }

    public JsonObject Deleted(MessageState message)
    {
        var json = Notice(message, "message_deleted");
        (json["deleted_ts"], json["previous_message"]) = (message.Ts, MessageJson.Of(message, message.Channel.Workspace.Install));
        return json;
    }

    private JsonObject Notice(MessageState message, string subtype)
    {
        var ts = platform.Directory.NextTs();
        return new()
        {
            ["type"] = "message",
            ["subtype"] = subtype,
            ["hidden"] = true,
            ["channel"] = message.Channel.Id,
            ["channel_type"] = message.Channel.Type,
            ["ts"] = ts,
            ["event_ts"] = ts,
        };
    }

    /// <summary>Somebody from elsewhere writes in a shared channel (facts §8).</summary>
    private void Team(JsonObject json, MessageState message)
    {
        if (platform.Directory.FindUser(message.UserId) is { } user && user.TeamId != message.Channel.Workspace.TeamId)
        {
            (json["user_team"], json["source_team"]) = (user.TeamId, user.TeamId);
        }
    }
}
