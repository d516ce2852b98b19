using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Commands;

/// <summary>The help texts as they stand in Commands/Help; set COPILOTBOT_UPDATE_SNAPSHOTS=1 to write them anew.</summary>
public sealed class HelpTests
{
    private static readonly string Folder = Path.Combine(RepositoryPaths.Root, "tests", "CopilotBot.Tests", "Commands", "Help");

    public static TheoryData<string> CommandLines =>
    [
        "", "serve", "ask", "sync", "source", "source add", "source add files", "source list", "source remove", "index", "index stats",
        "manifest", "manifest slack", "manifest teams", "models", "models list", "models verify", "models pull", "eval", "eval answers", "eval retrieval", "eval report", "extract", "extract read", "extract eval", "extract export", "extract train", "extract label", "extract promote", "extract rollback", "feedback", "feedback list", "feedback accept", "feedback export", "feedback tell", "announce",
    ];

    [Theory]
    [MemberData(nameof(CommandLines))]
    public async Task Every_verb_explains_itself_as_recorded(string commandLine)
    {
        var run = await CommandRun.InProcessAsync(Folder, [.. commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        run.Exit.ShouldBe(0);
        run.Error.ShouldBeEmpty();
        var file = Path.Combine(Folder, $"{(commandLine.Length == 0 ? "CopilotBot" : commandLine.Replace(' ', '-'))}.txt");
        if (Environment.GetEnvironmentVariable("COPILOTBOT_UPDATE_SNAPSHOTS") == "1")
        {
            Directory.CreateDirectory(Folder);
            await File.WriteAllTextAsync(file, run.Out.TrimEnd() + "\n", TestContext.Current.CancellationToken);
        }

        run.Out.TrimEnd().ShouldBe((await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).TrimEnd());
    }

    [Fact]
    public void Every_recorded_help_belongs_to_a_verb() => Directory.GetFiles(Folder).Length.ShouldBe(CommandLines.Count);

    [Theory]
    [InlineData("foo")]
    [InlineData("ask")]
    [InlineData("serve --port x")]
    [InlineData("serve --port 70000")]
    [InlineData("serve --port 1 --urls http://127.0.0.1:2")]
    [InlineData("source add files --path x")]
    public async Task A_line_that_is_not_understood_says_so_in_one_line_and_exits_with_2(string commandLine)
    {
        var run = await CommandRun.InProcessAsync(Folder, commandLine.Split(' '));

        run.Exit.ShouldBe(2);
        run.Out.ShouldBeEmpty();
        run.Sentence.ShouldEndWith("Add --help to see what is possible.");
    }
}
