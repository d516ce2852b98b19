using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CopilotBot.Channels.Rendering;
using CopilotBot.Channels.Slack.Api;
using CopilotBot.Channels.Slack.Auth;
using CopilotBot.Channels.Slack.Rendering;
using CopilotBot.Conversations;

namespace CopilotBot.Channels.Slack;

/// <summary>
/// Reads in a thread what somebody points at who says no more than "can you help?". Nothing else is read, nothing of it is kept but the question that is answered
/// (facts/slack.md §4.3), and where Slack does not let us read, the person is answered on their own words.
/// </summary>
internal sealed partial class SlackThread(SlackApi api, SlackInstallations installations)
{
    /// <summary>What Slack gives at once to apps that it distributes (§4.3).</summary>
    private const int PageSize = 15;

    private const int MostPages = 4;

    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    public async Task<string> FindQuestionAsync(InboundTurn turn, CancellationToken cancellationToken)
    {
        var address = SlackAddress.Parse(turn.Address);
        if (address.Thread is not { } thread || thread == turn.MessageId || address.Source is not null || !Pointing().IsMatch(turn.Text))
        {
            return turn.Text;
        }

        string? found = null;
        foreach (var post in (await ReadAsync(address.Workspace, address.Channel, thread, ("latest", turn.MessageId), cancellationToken)).Select(message => SlackPost.Parse(message, address.Channel, botUser: "")).OfType<SlackPost>())
        {
            // The first message is what the thread is about; a later question is nearer to what is meant.
            if (string.CompareOrdinal(post.Ts, turn.MessageId) < 0 && !Pointing().IsMatch(post.Words) && (found is null || FollowUp.IsQuestion(post.Words)))
            {
                found = post.Words;
            }
        }

        return found ?? turn.Text;
    }

    /// <summary>What people said in the thread before the turn's message, oldest first.</summary>
    public async Task<IReadOnlyList<string>> ReadWordsAsync(SlackAddress address, string before, CancellationToken cancellationToken)
    {
        if (address is not { Thread: { } thread, Channel.Length: > 0 } || thread == before)
        {
            return [];
        }

        var bot = (await installations.FindAsync(address.Workspace, cancellationToken))?.BotUserId ?? "";
        var messages = await ReadAsync(address.Workspace, address.Channel, thread, ("latest", before), cancellationToken);
        return
        [
            .. messages.Where(message => WireJson.Text(message, "user") != bot).Select(message => SlackPost.Parse(message, address.Channel, bot)).OfType<SlackPost>()
                .Where(post => post.Words.Length > 0 && string.CompareOrdinal(post.Ts, before) < 0).Select(post => post.Words),
        ];
    }

    /// <summary>Messages of the bot in the thread that say no more than that an answer is coming, and whether they are streams that nobody has ended.</summary>
    public async Task<IReadOnlyList<(SlackMessageId Id, bool IsStreaming)>> FindNoticesAsync(SlackAddress address, DateTimeOffset since, CancellationToken cancellationToken)
    {
        if (address is not { Thread: { } thread, Channel.Length: > 0 } || (await installations.FindAsync(address.Workspace, cancellationToken))?.BotUserId is not { Length: > 0 } bot)
        {
            return [];
        }

        var oldest = (since - ClockSkew).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var messages = await ReadAsync(address.Workspace, address.Channel, thread, ("oldest", oldest), cancellationToken);
        return
        [
            .. messages.Where(message => WireJson.Text(message, "user") == bot && IsNotice(WireJson.Text(message, "text") ?? "") && WireJson.Words(message, "ts") is not null)
                .Select(message => (new SlackMessageId(address.Channel, WireJson.Text(message, "ts")!), WireJson.Text(message, "streaming_state") == "in_progress")), // filtered
        ];
    }

    /// <summary>A stream that nothing was added to is empty.</summary>
    private static bool IsNotice(string text) => text.Length == 0 || Enum.GetValues<Notice>().Any(notice => text == SlackMessage.Of(NoticeWords.Of(notice)).Text);

    private async Task<IReadOnlyList<JsonElement>> ReadAsync(string workspace, string channel, string thread, (string Name, string Ts) limit, CancellationToken cancellationToken)
    {
        List<JsonElement> messages = [];
        var cursor = "";
        for (var page = 0; page < MostPages; page++)
        {
            var reply = await api.ReadAsync(
                workspace,
                "conversations.replies",
                new JsonObject { ["channel"] = channel, ["ts"] = thread, [limit.Name] = limit.Ts, ["limit"] = PageSize, ["cursor"] = cursor.Length > 0 ? cursor : null },
                cancellationToken);
            messages.AddRange(WireJson.Items(reply.Body, "messages"));
            cursor = WireJson.Text(WireJson.Property(reply.Body, "response_metadata"), "next_cursor") ?? "";
            if (cursor.Length == 0)
            {
                break;
            }
        }

        return messages;
    }

    /// <summary>Nothing, or words that only point somewhere.</summary>
    [GeneratedRegex(@"^\W*(?:(?:please|can you|could you|any|do you)?\s*(?:help(?: us| me| here| with (?:this|that))?|answer(?: this| that)?|idea|ideas|thoughts|know|know this|this|that)(?:\s+please)?)?\W*$", RegexOptions.IgnoreCase)]
    private static partial Regex Pointing();
}
