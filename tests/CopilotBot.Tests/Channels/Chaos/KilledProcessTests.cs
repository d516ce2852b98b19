using System.Net.Http.Json;
using CopilotBot.Channels;
using CopilotBot.Conversations;
using CopilotBot.Storage;
using CopilotBot.Tests.Channels.Teams;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Channels.Chaos;

/// <summary>What the chaos tests brought to light, each without the chaos.</summary>
public sealed class KilledProcessTests(DemoFolder demo) : IClassFixture<DemoFolder>
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_stream_that_a_killed_process_left_open_costs_nobody_an_answer()
    {
        await using var bot = await TeamsBot.StartAsync(indexed: demo.Path);
        var person = bot.Client.As(bot.Teams.AddUser("Alba Quintero", "alba.quintero@halvorne.example"));
        var chat = person.Chat; // asking for it counts as a change, which would wake the wait below for ever
        using var http = new HttpClient();
        var begin = new { type = "typing", text = "Looking that up …", entities = new[] { new { type = "streaminfo", streamType = "informative", streamSequence = 1 } } };
        using var begun = await http.PostAsJsonAsync($"{bot.Teams.ServiceUrl}v3/conversations/{Uri.EscapeDataString(chat.Id)}/activities", begin, TestContext.Current.CancellationToken);
        begun.EnsureSuccessStatusCode();

        await person.SayAsync("what does fault code BRW-204 mean", TestContext.Current.CancellationToken);

        await bot.Teams.WaitForAsync(
            teams => TranscriptChecker.Check([.. teams.Messages(chat).Select(SeenMessage.Of)], [new ExpectedAnswer("pitch motor does not answer", HasCard: true)]) is { Complaints.Count: 0, Orphans: 1 },
            TimeSpan.FromSeconds(30),
            TestContext.Current.CancellationToken);
    }

    [Fact]
    public void What_the_last_process_left_comes_before_what_was_asked_since()
    {
        var schedule = new ConversationSchedule(TimeProvider.System);
        schedule.Add(Turn("since", Noon.AddMinutes(1)));
        schedule.Add(Turn("left", Noon));

        schedule.Peek(EngineHost.Of("c")).ShouldNotBeNull().MessageId.ShouldBe("left");
    }

    /// <summary>A copy of the files is what a kill would leave.</summary>
    [Fact]
    public async Task A_turn_that_was_taken_is_in_the_file()
    {
        foreach (var i in Enumerable.Range(0, 30))
        {
            using var folder = new TemporaryFolder();
            using var living = CopilotDatabase.Open(DataFolder.Open(folder.In("living")));
            var store = new LiteChannelStore(living);

            store.TryAdd(Turn($"m{i}", Noon), ["key"]).ShouldBeTrue();

            Directory.CreateDirectory(folder.In("killed"));
            foreach (var file in Directory.EnumerateFiles(folder.In("living"), "state*"))
            {
                await using var from = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                await using var to = File.Create(folder.In("killed", Path.GetFileName(file)));
                await from.CopyToAsync(to, TestContext.Current.CancellationToken);
            }

            using var next = CopilotDatabase.Open(DataFolder.Open(folder.In("killed")));
            new LiteChannelStore(next).GetOpenTurns().ShouldHaveSingleItem().MessageId.ShouldBe($"m{i}");
        }
    }

    private static InboundTurn Turn(string message, DateTimeOffset received) =>
        new(TurnId.New(), InboundKind.Question, EngineHost.Of("c"), message, new ChannelUser("u", "Alba"), "What?", "c", received);
}
