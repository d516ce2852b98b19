using System.Globalization;
using System.Text.Json;
using CopilotBot.Channels.Slack.Auth;
using CopilotBot.Channels.Slack.Rendering;
using CopilotBot.Conversations;

namespace CopilotBot.Channels.Slack;

/// <summary>Events (facts/slack.md §1.3, §4.1). Slack delivers them several times, in any order, and a mention as two: a message counts once, by its channel and ts.</summary>
internal sealed class SlackEvents(
    TurnInbox inbox, IChannelStore store, SlackConversations conversations, SlackPeople people, SlackStreams streams, SlackHome home, SlackInstallations installations, SlackSessions sessions,
    SlackErrands errands, TimeProvider time)
{
    /// <summary>Seconds that a delivery may take and still be told in its order.</summary>
    private const decimal LongestDelay = 300;

    public SlackTaken Take(JsonElement envelope)
    {
        if (SlackEvent.Parse(envelope) is not { } slack)
        {
            // "app_rate_limited" among them: it has no event, and nothing can be done about it here.
            return SlackTaken.Unknown;
        }

        var result = slack.Type switch
        {
            "app_mention" or "message" => TakeMessage(slack),
            "app_home_opened" => home.Open(slack),
            "agent_session_stopped" => Stop(slack),
            "member_joined_channel" or "member_left_channel" => Forget(slack),
            "user_change" => ForgetPerson(slack),
            "app_uninstalled" => Uninstall(slack),
            "tokens_revoked" when WireJson.Items(WireJson.Property(slack.Body, "tokens"), "bot").Any() => Uninstall(slack),
            _ => "unknown",
        };
        return new SlackTaken(result == "unknown" ? "other" : slack.Type, result);
    }

    private string TakeMessage(SlackEvent slack)
    {
        if (WireJson.Words(slack.Body, "channel") is not { } channel)
        {
            return "unknown";
        }

        switch (WireJson.Words(slack.Body, "subtype"))
        {
            case "message_changed":
                return TakeChange(slack, channel);
            case "message_deleted":
                return TakeDeletion(slack, WireJson.Property(slack.Body, "previous_message"), channel, WireJson.Words(slack.Body, "deleted_ts") ?? "");
            default:
                return SlackPost.Parse(slack.Body, channel, slack.BotUser) is { } post ? TakeQuestion(slack, post) : "bot";
        }
    }

    private string TakeQuestion(SlackEvent slack, SlackPost post)
    {
        if (!post.IsChat && !post.MentionsBot && slack.Type != "app_mention" && !IsFollowUp(slack, post))
        {
            return "unaddressed";
        }

        var address = AddressOf(slack, post);
        if (post.Words.Equals("help", StringComparison.OrdinalIgnoreCase))
        {
            return conversations.Help(address, post.Conversation(slack.Workspace), post.Ts) ? "help" : "duplicate";
        }

        return Add(slack, post, InboundKind.Question, $"message\n{post.Ts}");
    }

    /// <summary>Without a mention: a question in a thread where the bot has answered, to nobody else.</summary>
    private bool IsFollowUp(SlackEvent slack, SlackPost post) =>
        post.Thread is not null && !post.MentionsOthers && FollowUp.IsQuestion(post.Words) && store.FindLastAnswer(post.Conversation(slack.Workspace)) is not null;

    private string TakeChange(SlackEvent slack, string channel)
    {
        var (message, before) = (WireJson.Property(slack.Body, "message"), WireJson.Property(slack.Body, "previous_message"));
        if (WireJson.Text(message, "subtype") == "tombstone")
        {
            // The first message of a thread that others replied in is not deleted but emptied.
            return TakeDeletion(slack, before, channel, WireJson.Words(message, "ts") ?? "");
        }

        if (SlackPost.Parse(message, channel, slack.BotUser) is not { } post)
        {
            return "bot";
        }

        // Previews, counters of a thread and streams change messages all the time (§4.1).
        if (WireJson.Text(before, "text") is { } old && old == WireJson.Text(message, "text"))
        {
            return "unchanged";
        }

        // A question that was never for the bot stays so, unless the change makes it one.
        if (!post.IsChat && !post.MentionsBot && store.GetAnswer(post.Conversation(slack.Workspace), post.Ts).Count == 0)
        {
            return "unaddressed";
        }

        return Add(slack, post, InboundKind.Edit, $"change\n{post.Ts}\n{EventTs(slack)}");
    }

    private string TakeDeletion(SlackEvent slack, JsonElement message, string channel, string ts)
    {
        if (SlackPost.Parse(message, channel, slack.BotUser) is not { } post || post.Ts != ts)
        {
            return "bot";
        }

        var isOurs = post.IsChat || post.MentionsBot || store.GetTurns(post.Conversation(slack.Workspace), ts).Count > 0;
        return isOurs ? Add(slack, post, InboundKind.Deletion, $"deletion\n{ts}") : "unaddressed";
    }

    private string Add(SlackEvent slack, SlackPost post, InboundKind kind, string what)
    {
        var address = AddressOf(slack, post);
        var turn = new InboundTurn(
            TurnId.New(),
            kind,
            post.Conversation(slack.Workspace),
            post.Ts,
            SlackPeople.UserOf(slack.Workspace, post.User),
            kind == InboundKind.Deletion ? "" : post.Words,
            address.ToString(),
            SaidAt(kind == InboundKind.Question ? post.Ts : EventTs(slack)));
        return inbox.TryAdd(turn, $"{SlackAdapter.Name}\nevent\n{slack.Id}", $"{SlackAdapter.Name}\n{slack.Workspace}\n{post.Channel}\n{what}") ? "turn" : "duplicate";
    }

    /// <summary>When it was said, not when it came: of what waits in a thread the earlier comes first, in whatever order Slack delivers. What comes much later counts from now.</summary>
    private DateTimeOffset SaidAt(string ts)
    {
        var now = time.GetUtcNow();
        return decimal.TryParse(ts, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && Math.Abs((decimal)now.ToUnixTimeMilliseconds() / 1000 - seconds) < LongestDelay
            ? DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond))
            : now;
    }

    private string Stop(SlackEvent slack)
    {
        if (WireJson.Words(slack.Body, "channel") is not { } channel || WireJson.Words(slack.Body, "thread_ts") is not { } thread)
        {
            return "unknown";
        }

        // Slack has ended the stream; the status is for us to move on (§4.1).
        streams.Stop(slack.Workspace, channel, thread);
        errands.Run(stop => sessions.MarkActiveAsync(slack.Workspace, channel, thread, stop));
        return "noted";
    }

    private string Forget(SlackEvent slack)
    {
        people.Forget(slack.Workspace, WireJson.Words(slack.Body, "channel") ?? "");
        return "noted";
    }

    private string ForgetPerson(SlackEvent slack)
    {
        people.ForgetPerson(slack.Workspace, WireJson.Words(WireJson.Property(slack.Body, "user"), "id") ?? "");
        return "noted";
    }

    private string Uninstall(SlackEvent slack)
    {
        if (installations.Remove(slack.Workspace, slack.At))
        {
            conversations.Close(slack.Workspace);
        }

        return "noted";
    }

    private static SlackAddress AddressOf(SlackEvent slack, SlackPost post) =>
        new(slack.Workspace, post.Channel, post.ThreadToAnswer, post.User, post.IsChat ? SlackPlace.Personal : SlackPlace.Shared, IsExternal: slack.IsExternal, Team: slack.Team);

    private static string EventTs(SlackEvent slack) => WireJson.Words(slack.Body, "event_ts") ?? WireJson.Words(slack.Body, "ts") ?? slack.Id;
}
