using System.Text.Json;
using CopilotBot.Tests.Channels;
using CopilotBot.Tests.Channels.Teams;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Commands;

/// <summary>From a thumb in Teams to a question that eval answers reads, and back to the person; the verbs run inside the serving process.</summary>
public sealed class FeedbackCommandTests(DemoFolder demo) : IClassFixture<DemoFolder>
{
    private const string Alba = "Alba Quintero";

    [Fact]
    public async Task A_thumb_becomes_an_evaluation_case_and_its_voter_hears_of_it_once()
    {
        using var folder = new TemporaryFolder();
        await using var teams = await TeamsDriver.StartAsync(demo);
        var asked = await teams.AskPersonallyAsync(Alba, "my laptop is dead");
        await ChannelConformance.SettleAsync(teams);
        await teams.RateAsync(asked, Alba, isUp: false, "It\tis from\nlast year.");

        var listed = await RunAsync("feedback", "list");
        var fields = listed.Out.Trim().Split('\t');
        fields.Length.ShouldBe(6);
        (fields[1], fields[3], fields[4], fields[5]).ShouldBe(("down", "outdated; It is from last year.", "", "my laptop is dead"));
        using var json = JsonDocument.Parse((await RunAsync("feedback", "list", "--json")).Out);
        var vote = json.RootElement[0];
        vote.GetProperty("citations").GetArrayLength().ShouldBeGreaterThan(0);
        vote.GetProperty("trace").GetArrayLength().ShouldBeGreaterThan(0);
        vote.GetProperty("expected").ValueKind.ShouldBe(JsonValueKind.Null);

        (await RunAsync("feedback", "export", "--out", folder["cases.jsonl"])).Sentence.ShouldStartWith("No question is accepted yet");
        (await RunAsync("feedback", "accept", fields[0], "--expect", "no such thing")).Sentence.ShouldContain("not one document that is indexed");
        (await RunAsync("feedback", "accept", "nothing", "--expect", "demo:page:1003")).Sentence.ShouldStartWith("There is no vote 'nothing'");
        (await RunAsync("feedback", "accept", fields[0], "--expect", "demo:page:1003")).Out.Trim().ShouldBe($"{fields[0]}\tdemo:page:1003");
        (await RunAsync("feedback", "export", "--out", "/nowhere/cases.jsonl")).Sentence.ShouldContain("cannot be written");
        (await RunAsync("feedback", "export", "--out", folder["cases.jsonl"])).Exit.ShouldBe(0);
        (await File.ReadAllTextAsync(folder["cases.jsonl"], TestContext.Current.CancellationToken)).Trim()
            .ShouldBe($$"""{"id":"{{fields[0]}}","question":"my laptop is dead","doc_id":"1003","must_have":[],"kind":"feedback-down"}""");
        var evaluated = await RunAsync("eval", "answers", "--source", "demo", "--set", folder["cases.jsonl"], "--as", Alba, "--json");
        evaluated.Exit.ShouldBe(0, evaluated.Error);

        (await RunAsync("feedback", "tell", fields[0])).Exit.ShouldBe(0);
        await ChannelConformance.SettleAsync(teams);
        (await RunAsync("feedback", "tell", fields[0])).Sentence.ShouldBe("The voter was told before.");
        await ChannelConformance.SettleAsync(teams);
        teams.Answers(asked).Count(text => text.StartsWith("You reported my answer to “my laptop is dead”.", StringComparison.Ordinal)).ShouldBe(1);
        teams.BrokenRules.ShouldBeEmpty();

        Task<CommandRun> RunAsync(params string[] args) => CommandRun.InProcessAsync(folder.Path, [.. args, "--data", teams.Bot.DataFolder]);
    }

    [Fact]
    public async Task A_question_that_no_document_answers_is_exported_as_one_and_sources_are_kept_apart()
    {
        using var folder = new TemporaryFolder();
        await using var teams = await TeamsDriver.StartAsync(demo);
        var asked = await teams.AskPersonallyAsync(Alba, "What is the best colour for a boat?");
        await ChannelConformance.SettleAsync(teams);
        await teams.RateAsync(asked, Alba, isUp: true, "");
        var run = await CommandRun.InProcessAsync(folder.Path, "feedback", "list", "--data", teams.Bot.DataFolder);

        await CommandRun.InProcessAsync(folder.Path, "feedback", "accept", run.Out.Split('\t')[0], "--expect", "none", "--data", teams.Bot.DataFolder);
        var exported = await CommandRun.InProcessAsync(folder.Path, "feedback", "export", "--out", "cases.jsonl", "--data", teams.Bot.DataFolder);

        exported.Exit.ShouldBe(0, exported.Error);
        (await File.ReadAllTextAsync(folder["cases.jsonl"], TestContext.Current.CancellationToken)).ShouldNotContain("doc_id");
    }

    [Fact]
    public async Task An_announcement_is_a_dry_run_until_it_is_sent_and_reaches_every_open_chat_once()
    {
        using var folder = new TemporaryFolder();
        await using var teams = await TeamsDriver.StartAsync(demo);
        foreach (var person in new[] { Alba, "Maren Osei", "Tovik Lindqvaard" })
        {
            await teams.AskPersonallyAsync(person, "help");
        }

        await teams.Person("Tovik Lindqvaard").UninstallAsync(cancellationToken: TestContext.Current.CancellationToken);
        await ChannelConformance.SettleAsync(teams);

        var dry = await RunAsync("announce", "The wiki moves on Friday.");
        dry.Out.Trim().ShouldBe("personal\t2");
        dry.Error.ShouldContain("Dry run: 2 conversations would get it.");
        await ChannelConformance.SettleAsync(teams);
        teams.PersonalAnswers(Alba).ShouldNotContain("The wiki moves on Friday.");

        (await RunAsync("announce", "The wiki moves on Friday.", "--send")).Error.ShouldContain("2 messages wait");
        (await RunAsync("announce", "The wiki moves on Friday.", "--send")).Error.ShouldContain("0 messages wait to be delivered, 2 conversations had this text before");
        await ChannelConformance.SettleAsync(teams);
        teams.PersonalAnswers(Alba).Count(text => text == "The wiki moves on Friday.").ShouldBe(1);
        (await RunAsync("announce", "x", "--channel", "fax")).Sentence.ShouldStartWith("There is no channel 'fax'");
        (await RunAsync("announce", " ")).Exit.ShouldBe(1);

        Task<CommandRun> RunAsync(params string[] args) => CommandRun.InProcessAsync(folder.Path, [.. args, "--data", teams.Bot.DataFolder]);
    }

    [Fact]
    public async Task Without_votes_the_list_says_so()
    {
        using var folder = new TemporaryFolder();

        var run = await CommandRun.InProcessAsync(folder.Path, "feedback", "list", "--data", "data");

        run.Exit.ShouldBe(0);
        run.Sentence.ShouldBe("Nobody has voted yet.");
    }
}
