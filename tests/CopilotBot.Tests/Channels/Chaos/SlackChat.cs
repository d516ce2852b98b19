using CopilotBot.Conversations;
using CopilotBot.FakeSlack;

namespace CopilotBot.Tests.Channels.Chaos;

/// <summary>All questions stand in the thread of the first one: between threads there is no order.</summary>
internal sealed class SlackChat : IChaosChat
{
    private readonly SlackPlatform _slack;

    private readonly SlackPerson _person;

    private readonly SlackChannel _channel;

    private readonly List<SlackDelivery> _asked = [];

    public SlackChat(SlackPlatform slack, bool isPersonal)
    {
        _slack = slack;
        _person = slack.As(slack.AddUser("Alba Quintero", "alba.quintero@halvorne.example"));
        _channel = isPersonal ? _person.Direct : slack.AddChannel("harbour", _person.User);
    }

    public ConversationReference Conversation => new("slack", $"{_channel.Workspace.TeamId}/{_channel.Id}/{Thread}");

    public IReadOnlyList<SeenMessage> Shown => [.. _slack.Messages(_channel, Thread).Select(SeenMessage.Of)];

    public async Task AskAsync(string text) =>
        _asked.Add(Taken(_asked.Count > 0 ? await _person.ReplyAsync(_channel, Thread, text, cancellationToken: Cancel) : await _person.SayAsync(_channel, text, cancellationToken: Cancel)));

    /// <summary>Who finds nobody alive comes no more: it was taken before.</summary>
    public Task RepeatAsync() => Task.WhenAll(_slack.RedeliverAsync(_asked[^1], cancellationToken: Cancel), _slack.RedeliverAsync(_asked[^1], retry: 2, cancellationToken: Cancel));

    public async Task EditAsync(int which, string text) => Taken(await _person.EditAsync(_channel, _asked[which].Ts, text, Cancel));

    public bool HasCard(KnownQuestion question) => true;

    private string Thread => _asked.Count == 0 ? "" : _asked[0].Ts;

    private static SlackDelivery Taken(SlackDelivery delivery)
    {
        delivery.IsTaken.ShouldBeTrue($"{delivery.Status} {delivery.Body} {delivery.Attempts[^1].Failure}");
        return delivery;
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
