namespace CopilotBot.Tests.Channels.Chaos;

/// <summary>One conversation: a few questions in a row, each of them once, and perhaps second thoughts about one.</summary>
internal sealed class Talk(IChaosPlatform platform, Random random, bool isPersonal)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<ExpectedAnswer> _expected = [];
    private readonly Queue<KnownQuestion> _toAsk = new(KnownQuestion.All.OrderBy(_ => random.Next()).ToList());

    public IChaosChat Chat { get; } = platform.Begin(isPersonal);

    public int Edits { get; private set; }

    public IReadOnlyList<ExpectedAnswer> Expected => _expected;

    public TranscriptVerdict Verdict => TranscriptChecker.Check(Chat.Shown, _expected);

    public async Task RunAsync()
    {
        for (var left = random.Next(1, 5); left > 0; left--)
        {
            var question = _toAsk.Dequeue();
            await Chat.AskAsync(question.Text);
            _expected.Add(Expect(question));
            if (random.Next(3) == 0)
            {
                await Chat.RepeatAsync();
            }
        }

        switch (random.Next(3))
        {
            case 0:
                await EditAsync(_expected.Count - 1); // whatever has become of it
                break;
            case 1:
                await SeeAsync();
                await EditAsync(0);
                break;
            default:
                break;
        }

        await SeeAsync();
    }

    private async Task EditAsync(int which)
    {
        var question = _toAsk.Dequeue();
        var old = _expected[which].Fact;
        _expected[which] = Expect(question) with { Outdated = old };
        Edits++;
        await Chat.EditAsync(which, question.Text);
    }

    private ExpectedAnswer Expect(KnownQuestion question) => new(question.Fact, Chat.HasCard(question));

    /// <summary>Waits for all answers, within reason: whether they came is judged in the end.</summary>
    private async Task SeeAsync()
    {
        try
        {
            await platform.WaitForAsync(() => Verdict.Complaints.Count == 0, Patience, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            // The process may be dying too often.
        }
    }
}
