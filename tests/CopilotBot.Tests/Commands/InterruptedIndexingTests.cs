using System.Text.Json;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Commands;

public sealed class InterruptedIndexingTests
{
    /// <summary>So that the kill falls between commits and not before the only one.</summary>
    private static readonly Dictionary<string, string> SmallCommits = new() { ["Sync__ChunksPerCommit"] = "4" };

    [Fact]
    public async Task A_process_killed_while_it_indexes_for_the_first_time_loses_and_doubles_nothing()
    {
        using var clean = new TemporaryFolder();
        using var killed = new TemporaryFolder();
        (await CommandRun.InProcessAsync(clean.Path, "sync", "--data", "data")).Exit.ShouldBe(0);

        using (var first = CopilotProcess.Start("Indexing demo: ", SmallCommits, "sync", "--data", killed["data"]))
        {
            await first.Ready.WaitAsync(TestContext.Current.CancellationToken);
            first.Kill();
            await first.WaitAsync();
        }

        (await CommandRun.InProcessAsync(killed.Path, "sync", "--data", "data")).Exit.ShouldBe(0);

        (await StatisticsAsync(killed)).ShouldBe(await StatisticsAsync(clean));
    }

    private static async Task<(int Documents, int Chunks, long Tokens)> StatisticsAsync(TemporaryFolder folder)
    {
        var run = await CommandRun.InProcessAsync(folder.Path, "index", "stats", "--json", "--data", "data");
        using var json = JsonDocument.Parse(run.Out);
        var root = json.RootElement;
        return (root.GetProperty("documents").GetInt32(), root.GetProperty("chunks").GetInt32(), root.GetProperty("tokens").GetInt64());
    }
}
