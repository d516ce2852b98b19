using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CopilotBot.Channels.Teams;

/// <summary>An activity as the Bot Connector sends it, as far as the product reads it (facts/teams.md §2).</summary>
/// <param name="Text">Without the mention of the bot, without placeholders of quotes.</param>
/// <param name="MentionsBot">An entity says so; the text alone proves nothing.</param>
/// <param name="MentionsOthers">Somebody else is spoken to.</param>
/// <param name="Name">Of an invoke.</param>
/// <param name="UtcOffset">Of the person's clock; null where their client does not tell.</param>
/// <param name="Value">Of an invoke, or of a card's submit.</param>
internal sealed partial record TeamsActivity(
    string Type, string Id, string Timestamp, string ServiceUrl, string ChannelId, TeamsAccount From, TeamsAccount Recipient, TeamsConversation Conversation, string Text, bool MentionsBot,
    bool MentionsOthers, string? ReplyToId, string? EventType, string? Action, string? Name, JsonElement Value, IReadOnlyList<string> MembersAdded, IReadOnlyList<string> MembersRemoved, TimeSpan? UtcOffset)
{
    /// <exception cref="FormatException">It is not an activity: no JSON object, or type, id of the conversation or address are missing.</exception>
    public static TeamsActivity Parse(ReadOnlyMemory<byte> body)
    {
        JsonDocument json;
        try
        {
            json = JsonDocument.Parse(body);
        }
        catch (JsonException broken)
        {
            throw new FormatException("Not JSON.", broken);
        }

        using (json)
        {
            var root = json.RootElement;
            var conversation = WireJson.Property(root, "conversation");
            var channelData = WireJson.Property(root, "channelData");
            if (WireJson.Text(root, "type") is not { Length: > 0 } type || WireJson.Text(conversation, "id") is not { Length: > 0 } || WireJson.Text(root, "serviceUrl") is not { Length: > 0 } serviceUrl)
            {
                throw new FormatException("Not an activity.");
            }

            var recipient = TeamsAccount.Parse(WireJson.Property(root, "recipient"));
            var mentions = WireJson.Items(root, "entities").Where(entity => WireJson.Text(entity, "type") == "mention").Select(entity => (Who: WireJson.Text(WireJson.Property(entity, "mentioned"), "id"), Words: WireJson.Text(entity, "text"))).ToList();
            return new TeamsActivity(
                type,
                WireJson.Text(root, "id") ?? "",
                WireJson.Text(root, "timestamp") ?? "",
                serviceUrl,
                WireJson.Text(root, "channelId") ?? "",
                TeamsAccount.Parse(WireJson.Property(root, "from")),
                recipient,
                TeamsConversation.Parse(conversation, channelData),
                Clean(WireJson.Text(root, "text") ?? "", mentions, recipient.Id),
                mentions.Exists(mention => mention.Who == recipient.Id),
                mentions.Exists(mention => mention.Who != recipient.Id),
                WireJson.Text(root, "replyToId"),
                WireJson.Text(channelData, "eventType"),
                WireJson.Text(root, "action"),
                WireJson.Text(root, "name"),
                WireJson.Property(root, "value").ValueKind == JsonValueKind.Undefined ? default : WireJson.Property(root, "value").Clone(),
                [.. WireJson.Items(root, "membersAdded").Select(member => WireJson.Text(member, "id") ?? "")],
                [.. WireJson.Items(root, "membersRemoved").Select(member => WireJson.Text(member, "id") ?? "")],
                OffsetOf(WireJson.Text(root, "localTimestamp")));
        }
    }

    /// <summary>A time with its offset, as the person's clock shows it.</summary>
    private static TimeSpan? OffsetOf(string? localTimestamp) =>
        DateTimeOffset.TryParse(localTimestamp, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) && Offset().IsMatch(localTimestamp) ? time.Offset : null;

    /// <summary>The bot's own mention goes, the names of others are part of the question and stay (§2.3).</summary>
    private static string Clean(string text, IEnumerable<(string? Who, string? Words)> mentions, string bot)
    {
        foreach (var (who, words) in mentions)
        {
            if (!string.IsNullOrEmpty(words))
            {
                text = text.Replace(words, who == bot ? " " : Tags().Replace(words, ""), StringComparison.Ordinal);
            }
        }

        text = Quotes().Replace(text, " ");
        return Spaces().Replace(WebUtility.HtmlDecode(text), " ").Trim();
    }

    [GeneratedRegex(@"([+-]\d\d:\d\d|Z)\z")]
    private static partial Regex Offset();

    [GeneratedRegex("</?at[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex("<quoted [^>]*/>")]
    private static partial Regex Quotes();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
