using System.Text.Json;
using System.Text.Json.Nodes;
using CopilotBot.Channels.Slack.Api;
using CopilotBot.Channels.Slack.Auth;
using CopilotBot.Channels.Slack.Rendering;
using CopilotBot.Conversations;
using CopilotBot.Extraction;

namespace CopilotBot.Channels.Slack;

/// <summary>
/// Buttons, forms and shortcuts (facts/slack.md §1.5). Slack delivers them once, so what they ask for is stored before they are answered. All they hold was in the
/// hands of a person: a turn counts only where it is one of that person or of that channel.
/// </summary>
internal sealed partial class SlackInteractions(
    TurnInbox inbox, IChannelStore store, FeedbackRecorder feedback, SlackApi api, SlackErrands errands, SlackTickets tickets, ILogger<SlackInteractions> logger, TimeProvider time)
{
    public SlackTaken Take(JsonElement payload)
    {
        var kind = WireJson.Text(payload, "type") ?? "";
        if (kind == "block_suggestion")
        {
            return new SlackTaken(kind, "noted", new JsonObject { ["options"] = new JsonArray() });
        }

        if (WireJson.Words(WireJson.Property(payload, "user"), "id") is not { } user)
        {
            return SlackTaken.Unknown;
        }

        var (enterprise, team) = (WireJson.Words(WireJson.Property(payload, "enterprise"), "id"), WireJson.Words(WireJson.Property(payload, "team"), "id"));
        var press = new SlackPress(
            SlackInstallation.KeyOf(enterprise, team, WireJson.IsTrue(payload, "is_enterprise_install")),
            user,
            WireJson.Words(WireJson.Property(payload, "channel"), "id") ?? "",
            WireJson.Words(payload, "trigger_id") ?? "",
            WireJson.Words(payload, "response_url"),
            WireJson.Words(WireJson.Property(payload, "user"), "team_id") ?? team);
        return kind switch
        {
            "block_actions" => new SlackTaken(kind, WireJson.Items(payload, "actions").Select(action => TakeAction(press, action)).LastOrDefault("unknown")),
            "message_action" => new SlackTaken(kind, TakeShortcut(press, payload)),
            "view_submission" when WireJson.Text(WireJson.Property(payload, "view"), "callback_id") == SlackAction.TicketForm => tickets.TakeForm(kind, press, WireJson.Property(payload, "view")),
            "view_submission" => new SlackTaken(kind, TakeForm(press, WireJson.Property(payload, "view"))),
            "view_closed" or "shortcut" => new SlackTaken(kind, "noted"),
            _ => SlackTaken.Unknown,
        };
    }

    private string TakeAction(SlackPress press, JsonElement action)
    {
        var value = WireJson.Text(action, "value") ?? "";
        var key = $"{SlackAdapter.Name}\naction\n{press.Workspace}\n{press.User}\n{WireJson.Text(action, "action_id")}\n{WireJson.Text(action, "action_ts")}";
        switch (WireJson.Text(action, "action_id"))
        {
            case SlackAction.Vote when value.Split(':') is [var way, var rated]:
                return Vote(press, new TurnId(rated), way);
            case SlackAction.AskPrivately when FindTurn(press, new TurnId(value)) is { } turn:
                return AskPrivately(press, turn, key);
            case SlackAction.Share when FindTurn(press, new TurnId(value)) is { } turn && turn.User == SlackPeople.UserOf(press.Workspace, press.User):
                return Share(press, turn, key);
            case SlackAction.ConfirmTicket or SlackAction.EditTicket or SlackAction.CancelTicket when FindTurn(press, new TurnId(value)) is { } turn:
                return tickets.Take(press, turn, WireJson.Text(action, "action_id")!); // matched above
            case SlackAction.TicketField when WireJson.Text(action, "block_id") is { } block && block.StartsWith(SlackAction.FieldBlock, StringComparison.Ordinal) && FindTurn(press, new TurnId(block[SlackAction.FieldBlock.Length..])) is { } turn:
                return tickets.TakeField(press, turn, WireJson.Text(WireJson.Property(action, "selected_option"), "value") ?? "");
            case { } chosen when chosen.StartsWith(SlackAction.Choose, StringComparison.Ordinal) && FindTurn(press, new TurnId(value)) is { } turn && turn.User == SlackPeople.UserOf(press.Workspace, press.User):
                return Choose(press, turn, chosen[SlackAction.Choose.Length..], key);
            case SlackAction.Vote or SlackAction.AskPrivately or SlackAction.Share:
                Log.Unattributed(logger);
                return "unattributed";
            default:
                return "unknown";
        }
    }

    private string Vote(SlackPress press, TurnId rated, string way)
    {
        if (FindTurn(press, rated) is null || !feedback.Record(rated, SlackPeople.UserOf(press.Workspace, press.User), way == SlackAction.Up ? Feedback.Vote.Up : Feedback.Vote.Down, null, null))
        {
            Log.Unattributed(logger);
            return "unattributed";
        }

        if (way == SlackAction.Down && press.Trigger.Length > 0)
        {
            // The trigger lasts three seconds; the vote counts without the form too.
            errands.Run(stop => api.CallAsync(press.Workspace, "views.open", new JsonObject { ["trigger_id"] = press.Trigger, ["view"] = SlackViews.ReasonForm(rated) }, stop));
        }

        return "voted";
    }

    private string TakeForm(SlackPress press, JsonElement view)
    {
        if (WireJson.Text(view, "callback_id") != SlackAction.ReasonForm || WireJson.Words(view, "private_metadata") is not { } rated)
        {
            return "unknown";
        }

        // A form tells no channel: whoever opened it had voted on that very turn.
        var voter = SlackPeople.UserOf(press.Workspace, press.User);
        var values = WireJson.Property(WireJson.Property(view, "state"), "values");
        var reason = WireJson.Text(WireJson.Property(Field(values, SlackAction.Reason), "selected_option"), "value");
        var comment = WireJson.Text(Field(values, SlackAction.Comment), "value");
        if (!feedback.Explain(new TurnId(rated), voter, reason, comment))
        {
            Log.Unattributed(logger);
            return "unattributed";
        }

        return "voted";

        static JsonElement Field(JsonElement values, string name) => WireJson.Property(WireJson.Property(values, name), name);
    }

    /// <summary>The same question once more, in the chat of whoever wants that and with their own access.</summary>
    private string AskPrivately(SlackPress press, InboundTurn turn, string key) => Add(
        press,
        new SlackAddress(press.Workspace, "", Thread: null, press.User, SlackPlace.Personal, Team: press.Team),
        $"{press.Workspace}/@{press.User}/{turn.Id}",
        $"{SlackQuote.PrivateMark}{key}",
        turn.Text,
        key);

    /// <summary>The same question once more, for everybody in the channel and with what all of them may read: the private answer itself is never shown to others.</summary>
    private string Share(SlackPress press, InboundTurn turn, string key) => Add(
        press,
        SlackAddress.Parse(turn.Address) with { Thread = null, Place = SlackPlace.Shared, ResponseUrl = press.ResponseUrl },
        $"{press.Workspace}/{SlackAddress.Parse(turn.Address).Channel}/{turn.Id}",
        $"{SlackQuote.SharedMark}{turn.Id}",
        turn.Text,
        key);

    /// <summary>The same question once more, in its place, as what the person says it is.</summary>
    private string Choose(SlackPress press, InboundTurn turn, string intent, string key) =>
        inbox.TryAdd(turn with { Id = TurnId.New(), Kind = InboundKind.Edit, Intent = intent, Address = press.Renew(turn.Address), Received = time.GetUtcNow(), Attempts = 0, LeasedUntil = null }, key) ? "turn" : "duplicate";

    private string TakeShortcut(SlackPress press, JsonElement payload)
    {
        var message = WireJson.Property(payload, "message");
        var text = SlackText.Parse(WireJson.Text(message, "text") ?? "", botUser: "").Words;
        var key = $"{SlackAdapter.Name}\nshortcut\n{press.Workspace}\n{press.User}\n{WireJson.Text(payload, "callback_id")}\n{WireJson.Text(payload, "action_ts") ?? press.Trigger}";
        if (press.Channel.Length == 0 || WireJson.Words(message, "ts") is not { } ts)
        {
            return "unknown";
        }

        var thread = WireJson.Words(message, "thread_ts") ?? ts;
        switch (WireJson.Text(payload, "callback_id"))
        {
            case SlackAction.AnswerThis:
                var place = SlackAddress.IsChat(press.Channel) ? SlackPlace.Personal : SlackPlace.Shared;
                return Add(press, new SlackAddress(press.Workspace, press.Channel, thread, press.User, place, press.ResponseUrl, Team: press.Team), $"{press.Workspace}/{press.Channel}/{thread}", ts, text, key);
            case SlackAction.TicketFromThis:
                return Add(
                    press,
                    new SlackAddress(press.Workspace, press.Channel, thread, press.User, SlackPlace.Ephemeral, press.ResponseUrl, Team: press.Team, Source: ts),
                    $"{press.Workspace}/{press.Channel}/@{press.User}",
                    key,
                    text,
                    key,
                    IntentNames.NameOf(Intent.CreateTicket));
            default:
                return "unknown";
        }
    }

    private string Add(SlackPress press, SlackAddress address, string conversation, string messageId, string text, string key, string? intent = null)
    {
        var turn = new InboundTurn(
            TurnId.New(), InboundKind.Question, new ConversationReference(SlackAdapter.Name, conversation), messageId, SlackPeople.UserOf(press.Workspace, press.User), text, address.ToString(), time.GetUtcNow())
        { Intent = intent };
        return inbox.TryAdd(turn, key) ? "turn" : "duplicate";
    }

    private InboundTurn? FindTurn(SlackPress press, TurnId id)
    {
        if (store.FindTurn(id) is not { } turn || turn.Conversation.Channel != SlackAdapter.Name)
        {
            return null;
        }

        var address = SlackAddress.Parse(turn.Address);
        var isOwn = turn.User == SlackPeople.UserOf(press.Workspace, press.User);
        return isOwn || (address.Place == SlackPlace.Shared && address.Workspace == press.Workspace && address.Channel == press.Channel) ? turn : null;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A button or form of Slack was about a turn that is not known there.")]
        public static partial void Unattributed(ILogger logger);
    }
}
