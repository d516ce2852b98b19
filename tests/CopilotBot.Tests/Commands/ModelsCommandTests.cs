using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Commands;

public sealed class ModelsCommandTests
{
    [Fact]
    public async Task The_models_that_ship_are_there_and_are_the_released_ones()
    {
        using var folder = new TemporaryFolder();

        (await CommandRun.InProcessAsync(folder.Path, "models", "list")).Out.ShouldContain("encoder\t");
        var verified = await CommandRun.InProcessAsync(folder.Path, "models", "verify");

        (verified.Exit, verified.Error).ShouldBe((0, ""));
    }

    [Theory]
    [InlineData("ask", "what does VPN-4021 mean")]
    [InlineData("sync", "--full")]
    [InlineData("serve", "--port=0")]
    public async Task A_missing_model_file_is_told_in_one_sentence(string verb, string argument)
    {
        using var handbook = new Handbook();
        await handbook.AddAsync();
        using var run = CopilotProcess.Start("", new Dictionary<string, string> { ["Models__Encoder"] = "/nowhere" }, verb, argument, "--data", handbook.Data);

        (await run.WaitAsync()).ShouldBe(1);
        run.Error.ShouldContain("/nowhere/");
        run.Error.ShouldNotContain("   at ");
    }
}
