using System.Text.Json;
using CopilotBot.Inference;
using Shouldly;
using Xunit;

// The seed of torch is the process's.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace CopilotBot.FineTuning;

public sealed class FineTuningCommandTests : IDisposable
{
    private static readonly string[] Systems = ["vpn", "mail", "printer", "wiki", "badge reader", "payroll"];

    private readonly string _folder = Directory.CreateTempSubdirectory("fine-tuning-test-").FullName;

    private string Data => Path.Combine(_folder, "data.jsonl");

    [Theory]
    [InlineData("--data is missing", "--base", "b", "--out", "o")]
    [InlineData("--lora has to be from 1 to 256", "--base", "b", "--data", "d", "--out", "o", "--lora", "0")]
    [InlineData("--lr has to be above 0", "--base", "b", "--data", "d", "--out", "o", "--lr", "2")]
    [InlineData("--epochs has to be from 1 to 1000", "--base", "b", "--data", "d", "--out", "o", "--epochs", "0")]
    [InlineData("leave --out out", "--evaluate", "f", "--data", "d", "--out", "o")]
    public async Task What_is_wrong_with_the_command_line_is_said(string expected, params string[] args)
    {
        var (code, _, error) = await RunAsync(args);

        code.ShouldBe(2);
        error.ShouldContain(expected);
    }

    [Fact]
    public async Task A_folder_with_something_in_it_is_not_written_over()
    {
        var (code, _, error) = await RunAsync("--base", ShippedTagger.Folder, "--data", Data, "--out", ShippedTagger.Folder);

        code.ShouldBe(1);
        error.ShouldContain("is not empty: name a new one as --out");
    }

    [Theory]
    [InlineData("--lr", "0.00005")]
    [InlineData("--lora", "4")]
    public async Task What_few_messages_teach_is_still_in_the_int8_file_though_it_moves_weights_by_less_than_a_step_of_it(params string[] how)
    {
        WriteMessages();
        var folder = Path.Combine(_folder, "out");

        var trained = await RunAsync(["--base", ShippedTagger.Folder, "--data", Data, "--out", folder, "--epochs", "30", "--batch", "8", "--swap", "0", "--threads", "1", "--keep-float", .. how]);

        trained.Code.ShouldBe(0, trained.Error);
        using var report = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "report.json")));
        report.RootElement.GetProperty("written").GetProperty("slotF1").GetDouble().ShouldBeGreaterThan(0.9);
        report.RootElement.GetProperty("written").GetProperty("intentAccuracy").GetDouble().ShouldBe(1);
        ModelEntry.InFolder(folder, ModelRole.Tagger).Verify();
        var scored = await RunAsync("--evaluate", folder, "--data", Data, "--split", "dev");
        scored.Output.ShouldContain("float32  100");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await FineTuningCommand.RunAsync(args, output, error, TimeProvider.System, TestContext.Current.CancellationToken);
        return (code, output.ToString(), error.ToString());
    }

    private void WriteMessages() => File.WriteAllLines(Data, Systems.SelectMany(system => new[] { "train", "dev" }.SelectMany(split => new[]
    {
        Line($"the {system} is down", system, "broken", split),
        Line($"who runs the {system}", system, "owner", split),
    })));

    private static string Line(string text, string system, string intent, string split)
    {
        var (words, names) = (text.Split(' '), system.Split(' '));
        return JsonSerializer.Serialize(new { text, tokens = words, tags = words.Select(word => word == names[0] ? "B-thing" : names.Contains(word) ? "I-thing" : "O"), intent, split });
    }
}
