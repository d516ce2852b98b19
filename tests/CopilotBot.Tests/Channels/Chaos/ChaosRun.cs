using CopilotBot.Storage;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Channels.Chaos;

/// <summary>People who talk to a bot that dies again and again; then it is left in peace, and what they see is judged.</summary>
internal sealed class ChaosRun(IChaosPlatform platform, MortalBot bot, string data)
{
    private const int Together = 6;

    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(2);

    private readonly List<Talk> _talks = [];
    private readonly Lock _gate = new();
    private volatile bool _isEnough;

    /// <param name="demo">A folder with the indexed demo in "data"; it stays as it is.</param>
    /// <param name="round">See <see cref="KillPlan"/>.</param>
    public static async Task<ChaosReport> RunAsync(Func<Task<IChaosPlatform>> start, TemporaryFolder demo, int kills, int round)
    {
        using var folder = demo.Copy();
        await using var platform = await start();
        using var bot = new MortalBot(folder["data"], platform.Settings);
        platform.DeliverTo(bot.Address, bot.KillAtLastAsync);
        return await new ChaosRun(platform, bot, folder["data"]).RunAsync(KillPlan.Make(kills, round, new Random(round)), seed: 100 * round);
    }

    private async Task<ChaosReport> RunAsync(IReadOnlyList<Kill> plan, int seed)
    {
        var people = Task.WhenAll(Enumerable.Range(0, Together).Select(person => TalkAsync(new Random(seed + person), isPersonal: person % 2 == 0)));
        foreach (var kill in plan)
        {
            await bot.DieAsync(kill);
        }

        _isEnough = true;
        await bot.LiveAsync();
        await people;
        await SettleAsync();
        await bot.StopAsync();
        return Judge();
    }

    private async Task TalkAsync(Random random, bool isPersonal)
    {
        while (!_isEnough)
        {
            var talk = new Talk(platform, random, isPersonal);
            lock (_gate)
            {
                _talks.Add(talk);
            }

            await talk.RunAsync();
        }
    }

    /// <summary>What is wrong after that stays wrong.</summary>
    private async Task SettleAsync()
    {
        try
        {
            await platform.WaitForAsync(() => platform.Unfinished.Count == 0 && _talks.All(talk => talk.Verdict.Complaints.Count == 0), Rest, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            // Judged below.
        }
    }

    private ChaosReport Judge()
    {
        var verdicts = _talks.Select(talk => (Talk: talk, talk.Verdict)).ToList();
        var complaints = platform.Unfinished.ToList();
        using (var database = CopilotDatabase.Open(DataFolder.Open(data)))
        {
            var store = new LiteChannelStore(database);
            complaints.AddRange(verdicts.Where(one => one.Verdict.Complaints.Count > 0).Select(one => Describe(one.Talk.Chat, one.Verdict, store)));
            complaints.AddRange(store.GetOpenTurns().Select(turn => $"still open: {turn.Text}"));
            complaints.AddRange(store.GetOwing().Select(conversation => $"still owed: {conversation.ConversationId}"));
        }

        return new ChaosReport(
            bot.Deaths,
            _talks.Sum(talk => talk.Expected.Count),
            _talks.Sum(talk => talk.Edits),
            verdicts.Sum(one => one.Verdict.Lost),
            verdicts.Sum(one => one.Verdict.Duplicated),
            verdicts.Sum(one => one.Verdict.Orphans),
            complaints,
            platform.BrokenRules,
            bot.Lives);
    }

    /// <summary>What people see, and what the bot believes of it.</summary>
    private static string Describe(IChaosChat chat, TranscriptVerdict verdict, LiteChannelStore store)
    {
        var believed = chat.Shown.Where(message => !message.IsByBot).SelectMany(message => store.GetAnswer(chat.Conversation, message.Id));
        return $"{chat.Conversation.ConversationId}: {string.Join("; ", verdict.Complaints)}\n{string.Join('\n', chat.Shown.Select(message => $"  {message}"))}\n{string.Join('\n', believed.Select(message => $"  {message}"))}";
    }
}
