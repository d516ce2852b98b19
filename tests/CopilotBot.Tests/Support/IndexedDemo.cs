namespace CopilotBot.Tests.Support;

/// <summary>The demo knowledge in a data folder of its own, asked through the command line in this process.</summary>
public sealed class IndexedDemo : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>What <c>ask --json</c> prints.</summary>
    public async Task<string> AskAsync(string question, string person)
    {
        var run = await CommandRun.InProcessAsync(_folder.Path, "ask", question, "--as", person, "--json", "--data", "data");
        run.Exit.ShouldBe(0, run.Error);
        return run.Out;
    }

    public void Dispose() => _folder.Dispose();
}
