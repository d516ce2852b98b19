using System.Text.Json;
using System.Text.Json.Nodes;
using CopilotBot.Channels.Rendering;
using CopilotBot.Channels.Slack.Auth;
using CopilotBot.Channels.Slack.Rendering;
using CopilotBot.Conversations;
using CopilotBot.Extraction;
using Microsoft.Extensions.Options;

namespace CopilotBot.Channels.Slack;

/// <summary>Slash commands (facts/slack.md §1.4): Slack delivers them once, so they are stored before they are answered. The person alone sees what comes of them.</summary>
internal sealed class SlackCommands(TurnInbox inbox, IOptions<SlackOptions> options, TimeProvider time)
{
    public SlackTaken Take(JsonElement form)
    {
        if (WireJson.Words(form, "command") is not { } command || WireJson.Words(form, "user_id") is not { } user || WireJson.Words(form, "trigger_id") is not { } trigger)
        {
            return SlackTaken.Unknown;
        }

        var text = SlackText.Parse(WireJson.Text(form, "text") ?? "", botUser: "").Words;
        if (command is not ("/ask" or "/ticket") || text.Length == 0 || text.Equals("help", StringComparison.OrdinalIgnoreCase))
        {
            return new SlackTaken("command", "help", Show(SlackViews.Help([.. options.Value.Examples])));
        }

        var workspace = SlackInstallation.KeyOf(WireJson.Words(form, "enterprise_id"), WireJson.Words(form, "team_id"), WireJson.Text(form, "is_enterprise_install") == "true");
        var channel = WireJson.Words(form, "channel_id") ?? "";
        var address = new SlackAddress(workspace, channel, Thread: null, user, SlackPlace.Ephemeral, WireJson.Words(form, "response_url"), Team: WireJson.Words(form, "team_id"));
        var turn = new InboundTurn(
            TurnId.New(),
            InboundKind.Question,
            new ConversationReference(SlackAdapter.Name, $"{workspace}/{channel}/@{user}"),
            trigger,
            SlackPeople.UserOf(workspace, user),
            text,
            address.ToString(),
            time.GetUtcNow())
        { Intent = command == "/ticket" ? IntentNames.NameOf(Intent.CreateTicket) : null };
        var isNew = inbox.TryAdd(turn, $"{SlackAdapter.Name}\ncommand\n{trigger}");
        return new SlackTaken("command", isNew ? "turn" : "duplicate", Show(SlackMessage.Of(NoticeWords.Of(Notice.Looking))));
    }

    private static JsonObject Show(SlackMessage message)
    {
        var answer = new JsonObject { ["response_type"] = "ephemeral", ["text"] = message.Text };
        if (message.ToBlocks() is { Count: > 0 } blocks)
        {
            answer["blocks"] = blocks;
        }

        return answer;
    }
}
