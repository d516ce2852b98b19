using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Commands;

/// <summary>A data folder that cannot be used: one sentence from every verb that needs it, and exit code 1.</summary>
public sealed class DataFolderTests
{
    public static TheoryData<string> Verbs => ["serve --port 0", "ask anything", "sync", "index stats", "source list", "models list"];

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task A_folder_that_cannot_be_made_is_told_in_one_sentence(string verb)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc is a file system of Linux.");

        // Nobody can make a folder there, root neither.
        using var run = CopilotProcess.Start("", [.. verb.Split(' '), "--data", "/proc/copilotbot"]);

        (await run.WaitAsync()).ShouldBe(1);
        run.Error.Trim().ShouldBe("The data folder '/proc/copilotbot' cannot be read and written: give this user access to it, free space on its disk, or name another with --data.");
    }

    [Fact]
    public async Task A_file_in_its_place_is_told_in_one_sentence()
    {
        using var handbook = new Handbook();
        handbook.Write("data", "no folder");

        var run = await handbook.RunAsync("sync");

        run.Exit.ShouldBe(1);
        run.Sentence.ShouldEndWith("is a file: name a folder with --data.");
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task A_state_file_that_is_none_is_told_in_one_sentence_and_kept(string verb)
    {
        using var handbook = new Handbook();
        handbook.Write("data/state.db", new string('x', 20_000));

        var run = await handbook.RunAsync(verb.Split(' '));

        if (verb is "models list" or "index stats")
        {
            run.Exit.ShouldBe(0); // these read no state
            return;
        }

        run.Exit.ShouldBe(1);
        run.Sentence.ShouldContain("state.db' is damaged: move it away and run 'CopilotBot sync --full'");
        new FileInfo(Path.Combine(handbook.Data, "state.db")).Length.ShouldBe(20_000);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.9)]
    public async Task A_state_file_that_was_overwritten_in_the_middle_never_ends_in_a_stack_trace(double where)
    {
        using var handbook = new Handbook();
        await handbook.AddAsync();
        var state = Path.Combine(handbook.Data, "state.db");
        var bytes = await File.ReadAllBytesAsync(state, TestContext.Current.CancellationToken);
        Array.Fill(bytes, (byte)0x5A, (int)(bytes.Length * where), Math.Min(9000, bytes.Length - (int)(bytes.Length * where)));
        await File.WriteAllBytesAsync(state, bytes, TestContext.Current.CancellationToken);

        foreach (var verb in new[] { "sync", "source list", "index stats" })
        {
            var run = await handbook.RunAsync(verb.Split(' '));

            run.Error.ShouldNotContain("   at ");
            (run.Exit == 0 || run.Error.Contains("is damaged", StringComparison.Ordinal)).ShouldBeTrue(run.Error);
        }
    }
}
