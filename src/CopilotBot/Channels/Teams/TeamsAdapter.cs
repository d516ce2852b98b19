using System.Text.Json.Nodes;
using CopilotBot.Answering;
using CopilotBot.Channels.Teams.Connector;
using CopilotBot.Channels.Teams.Rendering;
using CopilotBot.Conversations;
using Microsoft.Extensions.Options;

namespace CopilotBot.Channels.Teams;

/// <summary>Teams, as the turn engine sees it. Contents are activities as JSON.</summary>
internal sealed class TeamsAdapter(ConnectorClient connector, TeamsPeople people, TeamsStreams streams, IOptions<TeamsOptions> options, TimeProvider time) : IChannelAdapter
{
    public const string Name = "teams";

    public string Channel => Name;

    public async Task<TurnReaders> FindReadersAsync(InboundTurn turn, CancellationToken cancellationToken)
    {
        var address = TeamsAddress.Parse(turn.Address);
        var audience = address.Kind == TeamsConversation.Personal ? null : await people.FindAudienceAsync(address, cancellationToken);
        return new TurnReaders(await people.FindAsync(address, cancellationToken), audience);
    }

    public Task<string> FindQuestionAsync(InboundTurn turn, CancellationToken cancellationToken) => Task.FromResult(turn.Text);

    /// <summary>Teams lets no bot read what stands in a thread without consent of its own.</summary>
    public Task<TurnSurroundings> FindSurroundingsAsync(InboundTurn turn, CancellationToken cancellationToken) =>
        Task.FromResult(new TurnSurroundings([], PrivateAnswers.IsOne(turn) ? null : TeamsLink.Of(TeamsAddress.Parse(turn.Address), turn.MessageId), turn.UtcOffset));

    public string? FindThread(InboundTurn turn) => null;

    public TimeSpan? Retention => null;

    public string Render(string address, Notice notice, bool mayStream)
    {
        var activity = TeamsPlaceholder.Of(notice);
        var isStreamed = mayStream && notice is Notice.Looking or Notice.Busy && IsPersonal(address) && options.Value.Streaming;
        return TeamsWire.Write(isStreamed ? TeamsStreams.Begin(activity) : activity);
    }

    public string Render(string address, string words) => TeamsWire.Write(TeamsPlaceholder.Words(words));

    public IReadOnlyList<string> Render(InboundTurn turn, Answer answer)
    {
        var isPersonal = IsPersonal(turn.Address);
        var frame = new AnswerFrame(turn.Text, isPersonal, time.GetUtcNow(), options.Value.SensitivityLabelId, OffersPrivate: !isPersonal);
        var activities = TeamsAnswerRenderer.Render(answer, frame);
        activities[0]["text"] = BeginningOf(turn) + activities[0]["text"];
        return [.. activities.Select(TeamsWire.Write)];
    }

    public async Task<SendResult> PostAsync(string address, string content, CancellationToken cancellationToken)
    {
        var to = TeamsAddress.Parse(address);
        var result = await connector.CreateAsync(to.ServiceUrl, to.ConversationId, content, cancellationToken);
        if (result is not { Status: SendStatus.Done, MessageId: { } id } || !TeamsStreams.IsBegin(content))
        {
            return result;
        }

        streams.Opened(id);
        return result with { IsStream = true };
    }

    public async Task<SendResult> UpdateAsync(string address, string messageId, bool isStream, string content, CancellationToken cancellationToken)
    {
        var to = TeamsAddress.Parse(address);
        if (isStream && await CloseAsync(to, messageId, content, cancellationToken) is { } closed)
        {
            return closed;
        }

        var result = await connector.UpdateAsync(to.ServiceUrl, to.ConversationId, messageId, content, cancellationToken);

        // Once without entities when Teams does not accept them (§1.7).
        if (result.Status == SendStatus.ContentRefused && WithoutEntities(content) is { } plain)
        {
            result = await connector.UpdateAsync(to.ServiceUrl, to.ConversationId, messageId, plain, cancellationToken);
        }

        return isStream && result.Status is SendStatus.ContentRefused or SendStatus.Forbidden ? await TakeBackAsync(to, messageId, result, cancellationToken) : result;
    }

    public async Task<SendResult> RemoveAsync(string address, string messageId, CancellationToken cancellationToken)
    {
        var to = TeamsAddress.Parse(address);
        return await connector.DeleteAsync(to.ServiceUrl, to.ConversationId, messageId, cancellationToken);
    }

    /// <summary>Teams lets no bot read what stands in a conversation without consent of its own.</summary>
    public Task RemoveOrphansAsync(string address, DateTimeOffset since, Func<string, bool> isKnown, CancellationToken cancellationToken) => Task.CompletedTask;

    public IAnswerStream? OpenStream(InboundTurn turn, string messageId)
    {
        var to = TeamsAddress.Parse(turn.Address);
        return streams.Open(messageId, BeginningOf(turn), (chunk, stop) => connector.CreateAsync(to.ServiceUrl, to.ConversationId, chunk, stop));
    }

    /// <summary>The final message of a stream. Null where there is none to be had: it was ended before a crash, is too old (facts/teams.md §3.3), or showed something else.</summary>
    private async Task<SendResult?> CloseAsync(TeamsAddress to, string streamId, string content, CancellationToken cancellationToken)
    {
        if (!streams.Continues(streamId, content))
        {
            return await TakeBackAsync(to, streamId, new SendResult(SendStatus.ContentRefused, Reason: "another text was streamed"), cancellationToken);
        }

        await streams.WaitAsync(streamId, cancellationToken);
        var result = await connector.CreateAsync(to.ServiceUrl, to.ConversationId, TeamsStreams.End(content, streamId), cancellationToken);
        return result.Status is SendStatus.ContentRefused or SendStatus.Gone or SendStatus.Forbidden ? null : result with { MessageId = streamId };
    }

    /// <summary>Removes a stream that can neither be ended nor changed; the answer is posted anew then.</summary>
    private async Task<SendResult> TakeBackAsync(TeamsAddress to, string messageId, SendResult why, CancellationToken cancellationToken)
    {
        var removed = await connector.DeleteAsync(to.ServiceUrl, to.ConversationId, messageId, cancellationToken);
        return removed.Status is SendStatus.Done or SendStatus.Gone ? new SendResult(SendStatus.Gone, Reason: why.Reason) : removed.Status == SendStatus.ContentRefused ? why : removed;
    }

    private static string BeginningOf(InboundTurn turn) => PrivateAnswers.IsOne(turn) ? TeamsAnswerRenderer.Quote(turn.Text) : "";

    private static bool IsPersonal(string address) => TeamsAddress.Parse(address).Kind == TeamsConversation.Personal;

    private static string? WithoutEntities(string content) =>
        JsonNode.Parse(content) is JsonObject activity && activity.Remove("entities") ? TeamsWire.Write(activity) : null;
}
