namespace CopilotBot.Tests.Channels.Teams.Playground;

public sealed class PlaygroundTests(PlaygroundRun run) : IClassFixture<PlaygroundRun>
{
    [Fact]
    public void Everything_that_the_script_expects_is_so()
    {
        run.SkipUnlessPlayed();

        run.Exit.ShouldBe(0, $"{run.Transcript}\n{run.Log}");
        run.Transcript.ShouldContain("All as expected.");
        run.Log.ShouldNotContain("fail:");
    }

    [Fact]
    public void Who_installs_the_bot_is_welcomed()
    {
        run.SkipUnlessPlayed();

        run.Scenario("install").ShouldContain("< 201 message card \"Hello, I am CopilotBot. / ");
    }

    [Fact]
    public void A_personal_chat_gets_a_stream_that_ends_with_the_cited_answer()
    {
        run.SkipUnlessPlayed();

        var lines = run.Scenario("personal chat").Split('\n');
        lines[2].ShouldBe("< 201 typing informative 1 \"Looking that up …\"");
        lines.ShouldContain(line => line.StartsWith("< 202 message final \"When a laptop is dead", StringComparison.Ordinal));
        lines.ShouldContain("    [1] Hardware replacement procedure");
    }

    [Fact]
    public void A_channel_gets_a_placeholder_that_becomes_the_answer_and_a_card()
    {
        run.SkipUnlessPlayed();

        var lines = run.Scenario("channel").Split('\n');
        lines[2].ShouldBe("< 201 message \"Looking that up …\"");
        lines[3].ShouldStartWith("< 200 message \"Install the Skerry client");
        lines.ShouldContain(line => line.StartsWith("< 200 message card \"Sources / ", StringComparison.Ordinal) && line.EndsWith("(Ask privately)", StringComparison.Ordinal));
    }

    [Fact]
    public void Who_asks_privately_gets_what_the_team_may_not_read()
    {
        run.SkipUnlessPlayed();

        var lines = run.Scenario("ask privately").Split('\n');
        lines[3].ShouldStartWith("< 200 message \"I don't know");
        lines.ShouldContain(line => line.StartsWith("< 202 message final \"72,000 to 90,500 euros [1]", StringComparison.Ordinal));
    }

    [Fact]
    public void The_words_of_a_dislike_are_kept()
    {
        run.SkipUnlessPlayed();

        var vote = run.Votes.TrimEnd().Split('\n').ShouldHaveSingleItem().Split('\t');
        (vote[1], vote[3], vote[5]).ShouldBe(("down", "The courier takes longer.", "my laptop is dead"));
    }

    [Fact]
    public void The_message_extension_shows_each_person_what_they_may_read_and_no_document_twice()
    {
        run.SkipUnlessPlayed();

        var lines = run.Scenario("message extension").Split('\n');
        lines[2].ShouldStartWith("< result: Salary bands 2026 · ");
        lines.Count(line => line.Contains("Salary bands 2026", StringComparison.Ordinal)).ShouldBe(1);
        lines.Count(line => line == "  ok: no document twice").ShouldBe(2);
    }
}
