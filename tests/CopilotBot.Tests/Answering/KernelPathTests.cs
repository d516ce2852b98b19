using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using CopilotBot.Telemetry;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Answering;

/// <summary>Semantic Kernel is on the path of every ask: its one filter sees the search and the writing, once each.</summary>
public sealed class KernelPathTests
{
    [Fact]
    public async Task Every_ask_invokes_two_kernel_functions_through_the_audit()
    {
        var finished = new ConcurrentBag<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == CopilotTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = finished.Add,
        };
        ActivitySource.AddActivityListener(listener);
        using var handbook = new Handbook();
        await handbook.AddAsync();

        foreach (var question in new[] { "what does VPN-4021 mean", "who won the chess championship" })
        {
            var run = await handbook.RunAsync("ask", question, "--json");

            using var answer = JsonDocument.Parse(run.Out);
            var turn = finished.Single(activity => activity.OperationName == "turn" && Equals(activity.GetTagItem("turn.id"), answer.RootElement.GetProperty("traceId").GetString()));
            finished.Where(activity => activity.ParentSpanId == turn.SpanId).Select(activity => activity.OperationName).Order().ShouldBe(["answer.write", "knowledge.search"]);
        }
    }
}
