using CopilotBot.Conversations;
using CopilotBot.FakeTeams;

namespace CopilotBot.Tests.Channels.Chaos;

internal sealed class TeamsChat(FakeConnector teams, TeamsClient client, bool isPersonal) : IChaosChat
{
    private readonly TeamsPerson _person = client.As(teams.AddUser("Alba Quintero", "alba.quintero@halvorne.example"));

    private readonly List<Delivery> _asked = [];

    public ConversationReference Conversation => new("teams", _asked.Count == 0 ? "" : _asked[0].ConversationId);

    public IReadOnlyList<SeenMessage> Shown => [.. teams.Messages(Conversation.ConversationId).Select(SeenMessage.Of)];

    public async Task AskAsync(string text) => _asked.Add(Taken(
        isPersonal ? await _person.SayAsync(text, Cancel)
        : _asked.Count > 0 ? await _person.ReplyAsync(_asked[0].ActivityId, text, cancellationToken: Cancel)
        : await _person.SayAsync(teams.AddTeam("Harbour", _person.User).General, text, cancellationToken: Cancel)));

    public async Task RepeatAsync()
    {
        foreach (var again in await Task.WhenAll(client.RedeliverAsync(_asked[^1], Cancel), client.RedeliverAsync(_asked[^1], Cancel)))
        {
            Taken(again);
        }
    }

    public async Task EditAsync(int which, string text) => Taken(await _person.EditAsync(_asked[which].ActivityId, isPersonal ? text : $"<at>{teams.BotName}</at> {text}", Cancel));

    public bool HasCard(KnownQuestion question) => question.IsGrounded || !isPersonal;

    private static Delivery Taken(Delivery delivery)
    {
        delivery.IsTaken.ShouldBeTrue($"{delivery.Status} {delivery.Body} {delivery.Attempts[^1].Failure}");
        return delivery;
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
