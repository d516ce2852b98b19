using System.Text.Json;
using CopilotBot.Conversations;

namespace CopilotBot.Channels.Slack;

/// <summary>A message of a person, as an event or a shortcut brings it.</summary>
/// <param name="Thread">ts of the thread that it is a reply in; null for a message of its own.</param>
/// <param name="Words">What it says to a reader, without the bot's own name.</param>
/// <param name="MentionsOthers">Somebody else is spoken to.</param>
internal sealed record SlackPost(string Channel, string Ts, string? Thread, string User, string Words, bool MentionsBot, bool MentionsOthers)
{
    /// <summary>Kinds of messages that are words of a person (facts/slack.md §4.1); everything else is the system speaking.</summary>
    private static readonly HashSet<string> Spoken = ["file_share", "thread_broadcast"];

    public bool IsChat => SlackAddress.IsChat(Channel);

    /// <summary>ts of the thread that an answer belongs into: in chats every message is a thread too (§4.1).</summary>
    public string ThreadToAnswer => Thread ?? Ts;

    /// <returns>Null for what no person said: other bots, the bot itself, the system.</returns>
    public static SlackPost? Parse(JsonElement message, string channel, string botUser)
    {
        var isSpoken = WireJson.Words(message, "subtype") is not { } subtype || Spoken.Contains(subtype);
        var isBot = WireJson.Words(message, "bot_id") is not null || WireJson.Words(message, "app_id") is not null || WireJson.Property(message, "bot_profile").ValueKind == JsonValueKind.Object;
        if (!isSpoken || isBot || WireJson.IsTrue(message, "hidden") || WireJson.Words(message, "user") is not { } user || user == botUser || user == "USLACKBOT" || WireJson.Words(message, "ts") is not { } ts)
        {
            return null;
        }

        var text = SlackText.Parse(WireJson.Text(message, "text") ?? "", botUser);
        return new SlackPost(channel, ts, WireJson.Words(message, "thread_ts") is { } thread && thread != ts ? thread : null, user, text.Words, text.MentionsBot, text.MentionsOthers);
    }

    public ConversationReference Conversation(string workspace) => new(SlackAdapter.Name, $"{workspace}/{Channel}/{ThreadToAnswer}");
}
