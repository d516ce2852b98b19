using System.Text.Json.Nodes;
using CopilotBot.Answering;
using CopilotBot.Channels.Rendering;
using CopilotBot.Channels.Slack.Api;
using CopilotBot.Channels.Slack.Rendering;
using CopilotBot.Conversations;
using Microsoft.Extensions.Options;

namespace CopilotBot.Channels.Slack;

/// <summary>Slack, as the turn engine sees it. Contents are messages as JSON, notices marked as what they are.</summary>
internal sealed class SlackAdapter(
    SlackApi api, SlackPeople people, SlackThread threads, SlackStreams streams, SlackSessions sessions, SlackConversations conversations, SlackErrands errands, IOptions<SlackOptions> options, TimeProvider time)
    : IChannelAdapter
{
    public const string Name = "slack";

    private const int LongestTitle = 80;

    private const string NoticeKey = "notice";

    private const string StreamKey = "stream";

    private const string NotInvited = "I am not in this conversation, so I cannot answer here. Invite me to it, or ask me with /ask.";

    public string Channel => Name;

    public TimeSpan? Retention => TimeSpan.FromDays(options.Value.RetentionDays);

    public async Task<TurnReaders> FindReadersAsync(InboundTurn turn, CancellationToken cancellationToken)
    {
        var address = SlackAddress.Parse(turn.Address);
        if (address is { Place: not SlackPlace.Ephemeral, Channel.Length: > 0 })
        {
            conversations.See(address);
        }

        var audience = address.Place == SlackPlace.Shared ? await people.FindAudienceAsync(address, cancellationToken) : null;
        return new TurnReaders(await people.FindAsync(address, cancellationToken), audience);
    }

    public Task<string> FindQuestionAsync(InboundTurn turn, CancellationToken cancellationToken)
    {
        var address = SlackAddress.Parse(turn.Address);
        if (address.Place == SlackPlace.Personal && address.Thread == turn.MessageId)
        {
            // A chat with the bot is a list of sessions; by now there is one for this question.
            errands.Run(stop => sessions.NameAsync(address.Workspace, address.Channel, turn.MessageId, PlainText.Clip(turn.Text, LongestTitle), stop));
        }

        return threads.FindQuestionAsync(turn, cancellationToken);
    }

    public async Task<TurnSurroundings> FindSurroundingsAsync(InboundTurn turn, CancellationToken cancellationToken)
    {
        var address = SlackAddress.Parse(turn.Address);
        var message = address.Source ?? (address.Place == SlackPlace.Ephemeral ? null : turn.MessageId);
        if (message is null || address.Channel.Length == 0)
        {
            return TurnSurroundings.None with { UtcOffset = await people.FindUtcOffsetAsync(address, cancellationToken) };
        }

        var link = await api.ReadAsync(address.Workspace, "chat.getPermalink", new JsonObject { ["channel"] = address.Channel, ["message_ts"] = message }, cancellationToken);
        return new TurnSurroundings(
            await threads.ReadWordsAsync(address, message, cancellationToken), link.IsOk ? WireJson.Text(link.Body, "permalink") : null, await people.FindUtcOffsetAsync(address, cancellationToken));
    }

    public string? FindThread(InboundTurn turn) =>
        SlackAddress.Parse(turn.Address) is { Source: not null } address ? (address with { Place = SlackPlace.Shared, ResponseUrl = null, Source = null }).ToString() : null;

    public string Render(string address, Notice notice, bool mayStream)
    {
        var content = JsonNode.Parse(SlackMessage.Of(NoticeWords.Of(notice)).Write())!.AsObject(); // just written
        content[NoticeKey] = notice.ToString();
        if (mayStream && notice == Notice.Looking && options.Value.Streaming && SlackAddress.Parse(address) is { Place: not SlackPlace.Ephemeral, Thread: not null, User: not null })
        {
            content[StreamKey] = true;
        }

        return content.ToJsonString();
    }

    public string Render(string address, string words) => SlackMessage.Of(words).Write();

    public IReadOnlyList<string> Render(InboundTurn turn, Answer answer) =>
        answer.Ticket is { } ticket ? [SlackTicketRenderer.Render(ticket).Write()] : [.. SlackAnswerRenderer.Render(answer, FrameOf(turn)).Select(message => message.Write())];

    public async Task<SendResult> PostAsync(string address, string content, CancellationToken cancellationToken)
    {
        var to = SlackAddress.Parse(address);
        var notice = NoticeOf(content);
        if (to.Place == SlackPlace.Ephemeral)
        {
            // The command itself was answered with a notice; what follows takes its place, and every further message is posted as it is.
            return notice is null ? await RespondAsync(to, content, replaces: false, cancellationToken) : SendResult.Done(notice == Notice.More ? null : SlackMessageId.OfResponse);
        }

        if (to.Channel.Length == 0)
        {
            var opened = await api.CallAsync(to.Workspace, "conversations.open", new JsonObject { ["users"] = to.User }, cancellationToken);
            if (!opened.IsOk)
            {
                return opened.Result;
            }

            to = to with { Channel = WireJson.Words(WireJson.Property(opened.Body, "channel"), "id") ?? "" };
        }

        if (JsonNode.Parse(content)?[StreamKey] is not null && api.TryReserve(to.Workspace, "chat.startStream"))
        {
            var started = await StartStreamAsync(to, cancellationToken);
            if (started.Status is SendStatus.Done or SendStatus.Unknown)
            {
                return started;
            }
        }

        var message = SlackMessage.Read(content);
        var reply = await api.CallAsync(
            to.Workspace,
            "chat.postMessage",
            new JsonObject { ["channel"] = to.Channel, ["thread_ts"] = to.Thread, ["text"] = message.Text, ["blocks"] = BlocksOf(message), ["unfurl_links"] = false, ["unfurl_media"] = false },
            cancellationToken);
        if (reply.Result.Status == SendStatus.Forbidden && to.ResponseUrl is not null)
        {
            await api.RespondAsync(to.ResponseUrl, Ephemeral(SlackMessage.Of(NotInvited), replaces: false), cancellationToken);
        }

        return reply.Result is { Status: SendStatus.Done, MessageId: { } ts } ? SendResult.Done(new SlackMessageId(to.Channel, ts).ToString()) : reply.Result;
    }

    public async Task<SendResult> UpdateAsync(string address, string messageId, bool isStream, string content, CancellationToken cancellationToken)
    {
        var to = SlackAddress.Parse(address);
        if (to.Place == SlackPlace.Ephemeral)
        {
            return await RespondAsync(to, content, replaces: true, cancellationToken);
        }

        var (id, message) = (SlackMessageId.Parse(messageId), SlackMessage.Read(content));
        if (isStream && !streams.IsOver(id) && await EndStreamAsync(to, id, message, cancellationToken) is { } ended)
        {
            return ended;
        }

        var reply = await api.CallAsync(
            to.Workspace, "chat.update", new JsonObject { ["channel"] = id.Channel, ["ts"] = id.Ts, ["text"] = message.Text, ["blocks"] = BlocksOf(message) ?? [] }, cancellationToken);

        if (!reply.IsOk || to.Thread is null || !(isStream || to.Place == SlackPlace.Personal))
        {
            return reply.Result;
        }

        // A stream that died never says that it is done, and nobody knows here whether there was one. The update may be repeated, so the status is sure to be moved on as well.
        var status = await sessions.MarkActiveAsync(to.Workspace, id.Channel, to.Thread, cancellationToken);
        return status.Result.Status == SendStatus.TryAgain ? status.Result : reply.Result;
    }

    public async Task<SendResult> RemoveAsync(string address, string messageId, CancellationToken cancellationToken)
    {
        var to = SlackAddress.Parse(address);
        if (to.Place == SlackPlace.Ephemeral)
        {
            return (await api.RespondAsync(to.ResponseUrl ?? "", new JsonObject { ["delete_original"] = true }, cancellationToken)).Result;
        }

        var id = SlackMessageId.Parse(messageId);
        var removed = await DeleteAsync(to, id, cancellationToken);
        return removed.Error == "cant_delete_message" ? (await DeleteStreamAsync(to, id, cancellationToken)).Result : removed.Result;
    }

    public async Task RemoveOrphansAsync(string address, DateTimeOffset since, Func<string, bool> isKnown, CancellationToken cancellationToken)
    {
        var to = SlackAddress.Parse(address);
        foreach (var (id, isStreaming) in (await threads.FindNoticesAsync(to, since, cancellationToken)).Where(notice => !isKnown(notice.Id.ToString())))
        {
            await (isStreaming ? DeleteStreamAsync(to, id, cancellationToken) : DeleteAsync(to, id, cancellationToken));
        }
    }

    public IAnswerStream? OpenStream(InboundTurn turn, string messageId) => streams.Open(SlackAddress.Parse(turn.Address), SlackMessageId.Parse(messageId), FrameOf(turn));

    private async Task<SendResult> StartStreamAsync(SlackAddress to, CancellationToken cancellationToken)
    {
        var reply = await api.CallAsync(
            to.Workspace,
            "chat.startStream",
            new JsonObject { ["channel"] = to.Channel, ["thread_ts"] = to.Thread, ["recipient_user_id"] = to.User, ["recipient_team_id"] = to.Team },
            cancellationToken);
        if (reply.Result is not { Status: SendStatus.Done, MessageId: { } ts })
        {
            return reply.Result;
        }

        var id = new SlackMessageId(to.Channel, ts);
        streams.Opened(id);
        return SendResult.Done(id.ToString()) with { IsStream = true };
    }

    /// <summary>Adds what is missing and ends the stream. Null where the message has to be changed instead: the stream is over, or showed something else.</summary>
    private async Task<SendResult?> EndStreamAsync(SlackAddress to, SlackMessageId id, SlackMessage message, CancellationToken cancellationToken)
    {
        var rest = streams.FindRest(id, message.Markdown);
        var end = Stream(id);
        if (rest is not null)
        {
            end["markdown_text"] = rest.Length > 0 ? rest : null;
            end["blocks"] = message.Blocks.Count > 0 ? message.Blocks.DeepClone() : null;
        }

        var reply = await api.CallAsync(to.Workspace, "chat.stopStream", end, cancellationToken);
        if (reply.Result.Status is SendStatus.Done or SendStatus.ContentRefused)
        {
            streams.Ended(id);
        }

        return reply.Result.Status switch
        {
            SendStatus.Done when rest is null => null,
            SendStatus.ContentRefused => null, // not streaming any more: a repetition, or Slack ended it
            _ => reply.Result,
        };
    }

    /// <summary>By the response_url, which replaces what it showed before; after half an hour in the person's own chat instead (facts/slack.md §1.4).</summary>
    private async Task<SendResult> RespondAsync(SlackAddress to, string content, bool replaces, CancellationToken cancellationToken)
    {
        var message = SlackMessage.Read(content);
        var result = to.ResponseUrl is null ? new SendResult(SendStatus.Gone) : (await api.RespondAsync(to.ResponseUrl, Ephemeral(message, replaces), cancellationToken)).Result;
        if (result.Status != SendStatus.Gone)
        {
            return result;
        }

        var posted = await PostAsync(new SlackAddress(to.Workspace, "", Thread: null, to.User, SlackPlace.Personal).ToString(), content, cancellationToken);
        return posted.Status == SendStatus.Unknown ? posted with { Status = SendStatus.Gone } : posted; // not to be repeated
    }

    private static JsonObject Ephemeral(SlackMessage message, bool replaces)
    {
        var body = new JsonObject { ["response_type"] = "ephemeral", ["replace_original"] = replaces, ["text"] = message.Text };
        if (BlocksOf(message) is { } blocks)
        {
            body["blocks"] = blocks;
        }

        return body;
    }

    private Task<SlackReply> DeleteAsync(SlackAddress to, SlackMessageId id, CancellationToken cancellationToken) =>
        api.CallAsync(to.Workspace, "chat.delete", Stream(id), cancellationToken);

    /// <summary>A stream that is still open has to be ended first.</summary>
    private async Task<SlackReply> DeleteStreamAsync(SlackAddress to, SlackMessageId id, CancellationToken cancellationToken)
    {
        var ended = await api.CallAsync(to.Workspace, "chat.stopStream", Stream(id), cancellationToken);
        if (ended.Result.Status == SendStatus.Unknown)
        {
            // Once more, which does no harm: then it is known to be over.
            ended = await api.CallAsync(to.Workspace, "chat.stopStream", Stream(id), cancellationToken);
        }

        return ended.Result.Status is SendStatus.TryAgain or SendStatus.Unknown ? ended : await DeleteAsync(to, id, cancellationToken);
    }

    private static JsonObject Stream(SlackMessageId id) => new() { ["channel"] = id.Channel, ["ts"] = id.Ts };

    private SlackFrame FrameOf(InboundTurn turn)
    {
        var to = SlackAddress.Parse(turn.Address);
        var place = to.Place == SlackPlace.Ephemeral && SlackAddress.IsChat(to.Channel) ? SlackPlace.Personal : to.Place;
        return new SlackFrame(place, time.GetUtcNow(), SlackQuote.IsPrivate(turn) || SlackQuote.IsShared(turn) ? turn.Text : null, SlackQuote.IsShared(turn) ? to.User : null);
    }

    private static JsonArray? BlocksOf(SlackMessage message) => message.ToBlocks() is { Count: > 0 } blocks ? blocks : null;

    private static Notice? NoticeOf(string content) => Enum.TryParse<Notice>(JsonNode.Parse(content)?[NoticeKey]?.GetValue<string>(), out var notice) ? notice : null;
}
