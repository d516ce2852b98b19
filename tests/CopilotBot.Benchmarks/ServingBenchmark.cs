using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CopilotBot.Commands;
using CopilotBot.Evaluation;
using CopilotBot.Serving;
using CopilotBot.Storage;
using CopilotBot.Sync;

namespace CopilotBot.Benchmarks;

/// <summary>
/// The built executable serving the demo and a handbook of ../shared/data, asked every question of qa-gsa-handbook through its command socket, one after another:
/// time by stage as the server measures it, and what Linux says about its memory.
/// </summary>
internal static class ServingBenchmark
{
    private const int WarmUp = 20;

    public static async Task RunAsync(string shared)
    {
        var folder = Directory.CreateTempSubdirectory("copilotbot-benchmark-").FullName;
        try
        {
            await RunVerbAsync(folder, "sync");
            var clock = Stopwatch.StartNew();
            await RunVerbAsync(folder, "source", "add", "files", "--path", Path.GetFullPath(Path.Combine(shared, "data", "kb-gsa-tts-handbook")), "--name", "gsa");
            var indexing = clock.Elapsed.TotalSeconds;
            clock.Restart();
            using var server = Start(folder, "serve", "--port", "0");
            try
            {
                var socket = CommandSocket.Locate(DataFolder.Open(folder).SocketPath);
                var first = await AskAsync(socket, "what does VPN-4021 mean");
                var untilFirst = clock.Elapsed.TotalSeconds;
                var questions = AnswerQuestion.Load(Path.Combine(shared, "data", "qa-gsa-handbook", "questions.jsonl"));
                var timings = new List<IReadOnlyDictionary<string, double>>();
                foreach (var question in questions.Take(WarmUp).Concat(questions))
                {
                    timings.Add(await AskAsync(socket, question.Question));
                }

                Print(first, timings[WarmUp..], indexing, untilFirst, server.Id);
            }
            finally
            {
                server.Kill();
                await server.WaitForExitAsync();
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Print(
        IReadOnlyDictionary<string, double> first, IReadOnlyList<IReadOnlyDictionary<string, double>> timings, double indexing, double untilFirst, int server)
    {
        var lexical = Latency.Of([.. timings.Select(timing => timing.GetValueOrDefault("bm25"))]).P50;
        Console.WriteLine($"{timings.Count} questions, one at a time, after {WarmUp} to warm up; baseline: waiting for BM25");
        Console.WriteLine("| stage | p50 ms | p95 ms | p50 against BM25 |");
        Console.WriteLine("|---|---|---|---|");
        foreach (var stage in timings.SelectMany(timing => timing.Keys).Distinct())
        {
            var times = Latency.Of([.. timings.Where(timing => timing.ContainsKey(stage)).Select(timing => timing[stage])]);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {stage} | {times.P50:0.00} | {times.P95:0.00} | {(lexical > 0 ? times.P50 / lexical : 0):0.0} |"));
        }

        var memory = File.ReadLines($"/proc/{server}/status").Where(line => line.StartsWith("VmRSS", StringComparison.Ordinal) || line.StartsWith("VmHWM", StringComparison.Ordinal));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"first question after the start: {first["total"]:0.0} ms; process start to its answer: {untilFirst:0.00} s"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"indexing the handbook: {indexing:0.0} s"));
        foreach (var line in memory)
        {
            var parts = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            Console.WriteLine($"{(parts[0] == "VmRSS:" ? "resident memory of the server at the end" : "its highest")}: {long.Parse(parts[1], CultureInfo.InvariantCulture) / 1024} MiB");
        }
    }

    private static async Task<IReadOnlyDictionary<string, double>> AskAsync(string socket, string question)
    {
        var request = new CommandRequest(["ask", question, "--json"], Environment.CurrentDirectory);
        for (var attempt = 0; ; attempt++)
        {
            await using var output = new StringWriter();
            await using var error = new StringWriter();
            var exit = await CommandSocketClient.TryRunAsync(socket, request, new CommandContext(output, error, new Silence(), Environment.CurrentDirectory), CancellationToken.None);
            if (exit == 0)
            {
                using var json = JsonDocument.Parse(output.ToString());
                return json.RootElement.GetProperty("timingsMs").EnumerateObject().ToDictionary(stage => stage.Name, stage => stage.Value.GetDouble());
            }

            if (exit is not null || attempt > 3000)
            {
                throw new InvalidOperationException($"The server did not answer: {error}");
            }

            await Task.Delay(10); // the server is starting: its socket is not there yet, and the wait is part of what is measured
        }
    }

    private static async Task RunVerbAsync(string folder, params string[] args)
    {
        using var process = Start(folder, args);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{args[0]} failed with {process.ExitCode}.");
        }
    }

    private static Process Start(string folder, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "CopilotBot.dll"), .. args, "--data", folder]);
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        return Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
    }

    private sealed class Silence : ISyncDisplay
    {
        public void Report(SyncProgress value)
        {
        }

        public Task FinishAsync() => Task.CompletedTask;
    }
}
