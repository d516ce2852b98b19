using System.Text.Json;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Evaluation;

/// <summary>A small set of our own through the real verb; the floors and how to renew them: tests/smoke/floors.json.</summary>
public sealed class SmokeFloorTests
{
    private static readonly string Folder = Path.Combine(RepositoryPaths.Root, "tests", "smoke");

    [Fact]
    public async Task No_pipeline_falls_below_its_floor_on_the_smoke_set()
    {
        using var data = new TemporaryFolder();

        var run = await CommandRun.InProcessAsync(data.Path, "eval", "retrieval", "--set", Folder, "--data", "data", "--json");

        run.Exit.ShouldBe(0, run.Error);
        using var report = JsonDocument.Parse(run.Out);
        using var floors = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, "floors.json"), TestContext.Current.CancellationToken));
        var pipelines = report.RootElement.GetProperty("pipelines");
        floors.RootElement.GetProperty("floors").EnumerateObject().Select(pipeline => pipeline.Name).ShouldBe(pipelines.EnumerateObject().Select(pipeline => pipeline.Name));
        floors.RootElement.GetProperty("floors").EnumerateObject()
            .SelectMany(pipeline => pipeline.Value.EnumerateObject().Select(floor => (
                Name: $"{pipeline.Name} {floor.Name}",
                Floor: floor.Value.GetDouble(),
                Measured: pipelines.GetProperty(pipeline.Name).GetProperty(floor.Name).GetDouble())))
            .Where(measure => measure.Measured < measure.Floor)
            .ShouldBeEmpty();
    }

    [Fact]
    public async Task The_smoke_set_is_hard_enough_to_tell_pipelines_apart()
    {
        using var data = new TemporaryFolder();

        var run = await CommandRun.InProcessAsync(data.Path, "eval", "retrieval", "--set", Folder, "--data", "data", "--pipeline", "bm25", "--pipeline", "full", "--json");

        using var report = JsonDocument.Parse(run.Out);
        var pipelines = report.RootElement.GetProperty("pipelines");
        report.RootElement.GetProperty("n").GetInt32().ShouldBeGreaterThan(50);
        pipelines.GetProperty("full").GetProperty("ndcgAt10").GetDouble().ShouldBeLessThan(1);
        pipelines.GetProperty("full").GetProperty("pairedP").GetProperty("bm25").GetDouble().ShouldBeLessThan(.05);
    }
}
