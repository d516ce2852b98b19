using CopilotBot.Tests.Extraction.Training;
using CopilotBot.Tests.Inference;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Commands;

public sealed class ExtractTrainingCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ExtractTrainingCommandTests()
    {
        TinyTagger.Write(_folder);
        _folder.Write("set.jsonl", TinySet.Write());
    }

    [Fact]
    public async Task Trained_promoted_listed_and_rolled_back()
    {
        var trained = await RunAsync("train", "--data", "set.jsonl", "--out", "trained", "--base", "./base", "--data-folder", "data");
        (trained.Exit, trained.Out.Contains("test           30   1.0000   1.0000   1.0000")).ShouldBe((0, true), trained.Out + trained.Error);

        // The shipped tagger is in use and knows neither of these words as they are meant here.
        var promoted = await RunAsync("promote", "trained", "--set", "set.jsonl", "--data", "data");
        promoted.Exit.ShouldBe(0, promoted.Error);
        promoted.Out.ShouldContain("new            30   1.0000   1.0000");

        var listed = await RunAsync("promote", "--data", "data");
        listed.Out.Trim().ShouldBe($"1\tin use\t{_folder.In("data", "models", "tagger", "1")}");

        (await RunAsync("rollback", "--data", "data")).Out.ShouldContain(Path.Combine("models", "tagger"));
        (await RunAsync("rollback", "--data", "data")).Sentence.ShouldContain("nothing to go back to");
        (await RunAsync("promote", "--data", "data")).Out.ShouldNotContain("in use");
    }

    [Fact]
    public async Task A_tagger_that_is_worse_is_refused_unless_forced()
    {
        await RunAsync("train", "--data", "set.jsonl", "--out", "good", "--base", "./base", "--data-folder", "data");
        (await RunAsync("promote", "good", "--set", "set.jsonl", "--data", "data")).Exit.ShouldBe(0);
        TinyTagger.WriteHeads(_folder, TinyTagger.Heads());

        var refused = await RunAsync("promote", "base", "--set", "set.jsonl", "--data", "data");
        refused.Exit.ShouldBe(1);
        refused.Out.ShouldContain("in use");
        refused.Sentence.ShouldStartWith("Not promoted: intent accuracy and slot F1 would be worse by more than 0.005.");
        Directory.GetDirectories(_folder.In("data", "models", "tagger")).Length.ShouldBe(1);

        (await RunAsync("promote", "base", "--set", "set.jsonl", "--data", "data", "--force")).Exit.ShouldBe(0);
        (await RunAsync("promote", "--data", "data")).Out.ShouldContain("2\tin use");
    }

    [Theory]
    [InlineData("train --data set.jsonl --out o --split-dev 2", 2)]
    [InlineData("train --data set.jsonl --out o --epochs 2", 2)]
    [InlineData("promote trained", 2)]
    [InlineData("train --data none.jsonl --out o --data-folder data", 1)]
    [InlineData("train --data set.jsonl --out o --base ./nowhere --data-folder data", 1)]
    [InlineData("promote nowhere --set set.jsonl --data data", 1)]
    [InlineData("promote base --set none.jsonl --data data", 1)]
    public async Task What_cannot_be_done_is_told_in_one_sentence(string line, int exit)
    {
        var run = await RunAsync(line.Split(' '));

        run.Exit.ShouldBe(exit);
        run.Error.ShouldNotContain("   at ");
        run.Error.Trim().Split('\n')[^1].ShouldContain(": ");
        Directory.Exists(_folder.In("data", "models", "tagger", ".next")).ShouldBeFalse();
    }

    [Fact]
    public async Task Tuning_of_the_whole_network_without_its_program_says_how_to_get_it()
    {
        var run = await RunAsync("train", "--data", "set.jsonl", "--out", "o", "--full", "--data-folder", "data");

        (run.Exit, run.Sentence).ShouldBe((1, "The program CopilotBot.FineTuning is not beside the bot: build src/CopilotBot.FineTuning and name its executable in the setting Extraction:FineTuning, or leave --full and --lora out to train heads alone."));
    }

    [Fact]
    public async Task Tuning_of_the_whole_network_is_handed_to_the_program_of_the_settings()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in for the program is a shell script.");
        var script = _folder.Write("tune", "#!/bin/sh\necho \"tuning $*\"\nexit 7\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        using var run = CopilotProcess.Start(
            "tuning", new Dictionary<string, string> { ["Extraction__FineTuning"] = script },
            "extract", "train", "--data", _folder["set.jsonl"], "--out", _folder["o"], "--base", _folder["base"], "--lora", "8", "--epochs", "3", "--seed", "5", "--data-folder", _folder["data"]);

        (await run.WaitAsync()).ShouldBe(7);

        run.Error.Trim().ShouldBe($"tuning --base {_folder["base"]} --data {_folder["set.jsonl"]} --out {_folder["o"]} --seed 5 --lora 8 --epochs 3");
    }

    public void Dispose() => _folder.Dispose();

    private Task<CommandRun> RunAsync(params string[] args) => CommandRun.InProcessAsync(_folder.Path, ["extract", .. args]);
}
