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

    public string Render(string address, Notice notice)
    {
        var isStreamed = IsStreamed(TeamsAddress.Parse(address)) && notice is Notice.Looking or Notice.Busy;
        var activity = TeamsPlaceholder.Of(notice);
        return (isStreamed ? TeamsStreams.Begin(activity) : activity).ToJsonString();
    }

    public string Render(string address, string words) => TeamsPlaceholder.Words(words).ToJsonString();

    public IReadOnlyList<string> Render(InboundTurn turn, Answer answer)
    {
        var address = TeamsAddress.Parse(turn.Address);
        var isPersonal = address.Kind == TeamsConversation.Personal;
        var frame = new AnswerFrame(turn.Text, isPersonal, time.GetUtcNow(), options.Value.SensitivityLabelId, OffersPrivate: !isPersonal);
        var activities = TeamsAnswerRenderer.Render(answer, frame);

        // An edit changes a message whose stream ended long ago.
        return [.. activities.Select((activity, part) => (part == 0 && turn.Kind == InboundKind.Question && IsStreamed(address) ? TeamsStreams.End(activity) : activity).ToJsonString())];
    }

    public async Task<SendResult> PostAsync(string address, string content, CancellationToken cancellationToken)
    {
        var to = TeamsAddress.Parse(address);
        var result = await connector.CreateAsync(to.ServiceUrl, to.ConversationId, content, cancellationToken);
        if (result is { Status: SendStatus.Done, MessageId: { } id } && TeamsStreams.IsBegin(content))
        {
            streams.Opened(id);
        }

        return result;
    }

    public async Task<SendResult> UpdateAsync(string address, string messageId, string content, CancellationToken cancellationToken)
    {
        var to = TeamsAddress.Parse(address);
        if (TeamsStreams.IsEnd(content))
        {
            await streams.WaitAsync(messageId, cancellationToken);
            var ended = await connector.CreateAsync(to.ServiceUrl, to.ConversationId, TeamsStreams.EndOf(content, messageId), cancellationToken);
            if (ended.Status is SendStatus.Done or SendStatus.TryAgain or SendStatus.Stopped or SendStatus.Unknown)
            {
                return ended with { MessageId = messageId };
            }

            // Too old, or ended already before a crash: the message is changed like any other (facts/teams.md §3.3).
            content = TeamsStreams.WithoutStream(content);
        }

        var result = await connector.UpdateAsync(to.ServiceUrl, to.ConversationId, messageId, content, cancellationToken);

        // Once without entities when Teams does not accept them (§1.7).
        return result.Status == SendStatus.ContentRefused && WithoutEntities(content) is { } plain
            ? await connector.UpdateAsync(to.ServiceUrl, to.ConversationId, messageId, plain, cancellationToken)
            : result;
    }

    public async Task<SendResult> RemoveAsync(string address, string messageId, CancellationToken cancellationToken)
    {
        var to = TeamsAddress.Parse(address);
        return await connector.DeleteAsync(to.ServiceUrl, to.ConversationId, messageId, cancellationToken);
    }

    public IAnswerStream? OpenStream(InboundTurn turn, string messageId) =>
        streams.Open(messageId, (chunk, stop) => PostAsync(turn.Address, chunk, stop));

    private bool IsStreamed(TeamsAddress address) => options.Value.Streaming && address.Kind == TeamsConversation.Personal;

    private static string? WithoutEntities(string content) =>
        JsonNode.Parse(content) is JsonObject activity && activity.Remove("entities") ? activity.ToJsonString() : null;
}
