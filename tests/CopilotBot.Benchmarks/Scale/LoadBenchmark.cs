using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using CopilotBot.Evaluation;
using CopilotBot.Indexing;
using CopilotBot.Inference;
using CopilotBot.Retrieval;
using Microsoft.Extensions.Options;

namespace CopilotBot.Benchmarks.Scale;

/// <summary>The generated index asked by several askers at once, each with the next question as soon as it has an answer, with a depth that adapts and with one that does not.</summary>
internal static class LoadBenchmark
{
    private const int QuestionsPerAsker = 30;

    private static readonly int[] Askers = [1, 2, 4, 8, 16, 32];

    public static async Task RunAsync(int deadlineMs)
    {
        var (index, questions) = await ScaleIndex.OpenAsync();
        await using var opened = index;
        using var encoder = new OnnxTextEncoder(ScaleIndex.Model);
        var retrievers = new Dictionary<string, HybridRetriever>
        {
            ["fixed"] = Retriever(index, encoder, new RetrievalOptions { DeadlineMs = deadlineMs, MinimumDepth = new RetrievalOptions().Depth }),
            ["adaptive"] = Retriever(index, encoder, new RetrievalOptions { DeadlineMs = deadlineMs }),
        };
        foreach (var retriever in retrievers.Values)
        {
            await AskAsync(retriever, questions, 2, 50);
        }

        Write($"{ScaleIndex.Chunks} chunks, {Environment.ProcessorCount} cores, deadline {deadlineMs} ms; each asker asks the next question when it has the answer");
        Write($"| askers | depth | p50 ms | p95 ms | searches a second | every stage ran | past the deadline | depth of BM25 and dense, mean | late candidates, mean |");
        Write($"|---|---|---|---|---|---|---|---|---|");
        foreach (var askers in Askers)
        {
            foreach (var (name, retriever) in retrievers)
            {
                var start = Stopwatch.GetTimestamp();
                var results = await AskAsync(retriever, questions, askers, Math.Max(200, askers * QuestionsPerAsker));
                var rate = results.Count / Stopwatch.GetElapsedTime(start).TotalSeconds;
                var latency = Latency.Of([.. results.Select(result => result.Milliseconds)]);
                Write($"| {askers} | {name} | {latency.P50:0} | {latency.P95:0} | {rate:0} | {results.Average(result => result.Result.WasCutOff ? 0 : 1.0):0.000} | {results.Average(result => result.Milliseconds > deadlineMs ? 1.0 : 0):0.000} | {results.Average(result => result.Result.Depth):0} | {results.Average(result => result.Result.StageCandidates.GetValueOrDefault("late")):0} |");
            }
        }
    }

    private static HybridRetriever Retriever(IKnowledgeIndex index, OnnxTextEncoder encoder, RetrievalOptions options) =>
        new(index, encoder, new OptionalCrossEncoder(null), Options.Create(options), TimeProvider.System);

    private static async Task<IReadOnlyList<(RetrievalResult Result, double Milliseconds)>> AskAsync(HybridRetriever retriever, IReadOnlyList<string> questions, int askers, int count)
    {
        var waiting = new ConcurrentQueue<string>(Enumerable.Range(0, count).Select(i => questions[i % questions.Count]));
        var results = new ConcurrentBag<(RetrievalResult Result, double Milliseconds)>();
        await Task.WhenAll(Enumerable.Range(0, askers).Select(_ => Task.Run(async () =>
        {
            while (waiting.TryDequeue(out var question))
            {
                var start = Stopwatch.GetTimestamp();
                var result = await retriever.SearchAsync(new RetrievalQuery(question, ScaleIndex.Everything), CancellationToken.None);
                results.Add((result with { Candidates = [] }, Stopwatch.GetElapsedTime(start).TotalMilliseconds));
            }
        })));
        return [.. results];
    }

    private static void Write(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
