using System.Diagnostics;
using System.Globalization;
using CopilotBot.Evaluation;
using CopilotBot.Indexing;
using CopilotBot.Inference;
using CopilotBot.Retrieval;
using Microsoft.Extensions.Options;

namespace CopilotBot.Benchmarks.Scale;

/// <summary>100,000 generated chunks asked 500 generated questions by one asker, one after another, through the retriever that answers people.</summary>
internal static class ScaleBenchmark
{
    private const int WarmUp = 100;

    public static async Task RunAsync()
    {
        var (index, questions) = await ScaleIndex.OpenAsync();
        await using var opened = index;
        using var encoder = new OnnxTextEncoder(ScaleIndex.Model);
        var options = new RetrievalOptions();
        var retriever = new HybridRetriever(index, encoder, new OptionalCrossEncoder(null), Options.Create(options), TimeProvider.System);
        var results = new List<(RetrievalResult Result, double Total)>();
        var worked = TimeSpan.Zero;
        foreach (var question in questions.Take(WarmUp).Concat(questions))
        {
            worked = results.Count == WarmUp ? Environment.CpuUsage.TotalTime : worked;
            var start = Stopwatch.GetTimestamp();
            var result = await retriever.SearchAsync(new RetrievalQuery(question, ScaleIndex.Everything), CancellationToken.None);
            results.Add((result with { Candidates = [] }, Stopwatch.GetElapsedTime(start).TotalMilliseconds));
        }

        worked = Environment.CpuUsage.TotalTime - worked;
        Print([.. results.Skip(WarmUp)], await LexicalAloneAsync(index, questions, options.Depth), index.GetStatistics());
        Write($"processor time a question, all threads: {worked.TotalMilliseconds / questions.Count:0.0} ms");
    }

    /// <summary>The baseline: BM25 with nothing beside it.</summary>
    private static async Task<List<double>> LexicalAloneAsync(IKnowledgeIndex index, IReadOnlyList<string> questions, int depth)
    {
        var times = new List<double>();
        foreach (var question in questions)
        {
            using var view = index.OpenView(ScaleIndex.Everything);
            var start = Stopwatch.GetTimestamp();
            _ = await view.SearchLexicalAsync(question, depth, CancellationToken.None);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return times;
    }

    private static void Print(IReadOnlyList<(RetrievalResult Result, double Total)> results, List<double> lexicalAlone, IndexStatistics statistics)
    {
        Write($"{statistics.Chunks} chunks put together from {ScaleCorpus.Sentences} sentences that the encoder has read; {(double)statistics.Tokens / statistics.Chunks:0} word pieces a chunk, {statistics.Documents} documents, {statistics.Bytes >> 20} MiB on disk");
        Write($"{results.Count} questions of {results.Average(result => result.Result.Query.TokenIds.Length):0} word pieces, one at a time, after {WarmUp} to warm up; {Environment.ProcessorCount} cores, {Environment.OSVersion}");
        var lexical = Latency.Of(lexicalAlone).P50;
        Write($"| stage | p50 ms | p95 ms | p50 against BM25 |");
        Write($"|---|---|---|---|");
        Row("BM25 alone", lexicalAlone);
        foreach (var stage in results.SelectMany(result => result.Result.StagesMs.Keys).Distinct())
        {
            Row(stage, [.. results.Where(result => result.Result.StagesMs.ContainsKey(stage)).Select(result => result.Result.StagesMs[stage])]);
        }

        Row("total", [.. results.Select(result => result.Total)]);
        Write($"every stage ran over at least 100 candidates: {results.Average(result => IsDeep(result.Result) ? 1.0 : 0):0.000} of the questions; candidates of late interaction {results.Average(result => result.Result.StageCandidates.GetValueOrDefault("late")):0} on average");
        var memory = ProcessMemory.Read();
        Write($"resident memory: {memory.Resident} MiB (highest {memory.Highest}), of it pages of mapped files {memory.Files}; managed heap {GC.GetTotalMemory(false) >> 20} MiB; {GC.CollectionCount(2)} full collections of {GC.CollectionCount(0)}");

        void Row(string name, IReadOnlyCollection<double> times)
        {
            var latency = Latency.Of(times);
            Write($"| {name} | {latency.P50:0.00} | {latency.P95:0.00} | {latency.P50 / lexical:0.0} |");
        }
    }

    private static bool IsDeep(RetrievalResult result) =>
        !result.WasCutOff && ((string[])["bm25", "dense", "fuse", "late"]).All(stage => result.StageCandidates.GetValueOrDefault(stage) >= 100);

    private static void Write(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
