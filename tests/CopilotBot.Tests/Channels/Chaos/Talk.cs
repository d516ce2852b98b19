using CopilotBot.FakeTeams;

namespace CopilotBot.Tests.Channels.Chaos;

/// <summary>One conversation: a few questions in a row, each of them once, and perhaps second thoughts about one.</summary>
internal sealed class Talk(FakeConnector teams, TeamsClient client, Random random, bool isPersonal)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<ExpectedAnswer> _expected = [];
    private readonly Queue<KnownQuestion> _toAsk = new(KnownQuestion.All.OrderBy(_ => random.Next()).ToList());

    public string ConversationId { get; private set; } = "";

    public int Edits { get; private set; }

    public IReadOnlyList<ExpectedAnswer> Expected => _expected;

    public IReadOnlyList<ShownMessage> Shown => teams.Messages(ConversationId);

    public TranscriptVerdict Verdict => TranscriptChecker.Check(Shown, _expected);

    public async Task RunAsync()
    {
        var person = client.As(teams.AddUser("Alba Quintero", "alba.quintero@halvorne.example"));
        var asked = new List<string>();
        for (var left = random.Next(1, 5); left > 0; left--)
        {
            var question = _toAsk.Dequeue();
            var delivery = await AskAsync(person, question.Text, asked);
            ConversationId = delivery.ConversationId;
            asked.Add(delivery.ActivityId);
            _expected.Add(Expect(question));
            if (random.Next(3) == 0)
            {
                var again = await Task.WhenAll(client.RedeliverAsync(delivery, Cancel), client.RedeliverAsync(delivery, Cancel));
                again.ShouldAllBe(one => one.IsTaken);
            }
        }

        switch (random.Next(3))
        {
            case 0:
                await EditAsync(person, asked, asked.Count - 1); // whatever has become of it
                break;
            case 1:
                await SeeAsync();
                await EditAsync(person, asked, 0);
                break;
            default:
                break;
        }

        await SeeAsync();
    }

    private async Task<Delivery> AskAsync(TeamsPerson person, string text, List<string> asked)
    {
        var delivery = isPersonal ? await person.SayAsync(text, Cancel)
            : asked.Count > 0 ? await person.ReplyAsync(asked[0], text, cancellationToken: Cancel)
            : await person.SayAsync(teams.AddTeam("Harbour", person.User).General, text, cancellationToken: Cancel);
        delivery.IsTaken.ShouldBeTrue($"{delivery.Status} {delivery.Body} {delivery.Attempts[^1].Failure}");
        return delivery;
    }

    private async Task EditAsync(TeamsPerson person, List<string> asked, int which)
    {
        var question = _toAsk.Dequeue();
        var old = _expected[which].Fact;
        _expected[which] = Expect(question) with { Outdated = old };
        Edits++;
        var delivery = await person.EditAsync(asked[which], isPersonal ? question.Text : $"<at>{teams.BotName}</at> {question.Text}", Cancel);
        delivery.IsTaken.ShouldBeTrue($"{delivery.Status} {delivery.Body} {delivery.Attempts[^1].Failure}");
    }

    private ExpectedAnswer Expect(KnownQuestion question) => new(question.Fact, question.IsGrounded || !isPersonal);

    /// <summary>Waits for all answers, within reason: whether they came is judged in the end.</summary>
    private async Task SeeAsync()
    {
        try
        {
            await teams.WaitForAsync(_ => Verdict.Complaints.Count == 0, Patience, Cancel);
        }
        catch (TimeoutException)
        {
            // The process may be dying too often.
        }
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
