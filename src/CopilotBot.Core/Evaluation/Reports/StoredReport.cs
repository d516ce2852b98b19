using System.Text.Json;

namespace CopilotBot.Evaluation.Reports;

/// <summary>A report as <c>eval retrieval --json</c> or <c>eval answers --json</c> printed it: one of the two.</summary>
public sealed record StoredReport(string Name, RetrievalReport? Retrieval, AnswerReport? Answers)
{
    public DateOnly? Date => Retrieval?.Date ?? Answers?.Date;

    public ReportSettings? Settings => Retrieval?.Settings ?? Answers?.Settings;

    /// <summary>Reads files, and all *.json files of folders, in the order of their names.</summary>
    /// <exception cref="EvaluationException">One is missing or is no report; the message names it.</exception>
    public static IReadOnlyList<StoredReport> LoadAll(IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return [.. paths.SelectMany(Files).Select(Load)];
    }

    private static IEnumerable<string> Files(string path)
    {
        if (!Directory.Exists(path))
        {
            return File.Exists(path) ? [path] : throw new EvaluationException($"The report '{path}' does not exist: name what eval retrieval --json or eval answers --json printed, or a folder of such files.");
        }

        string[] files = [.. Directory.EnumerateFiles(path, "*.json").Order(StringComparer.Ordinal)];
        return files.Length > 0 ? files : throw new EvaluationException($"The folder '{path}' holds no report: put what eval retrieval --json or eval answers --json printed there, as *.json.");
    }

    private static StoredReport Load(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            var report = json.RootElement.ValueKind != JsonValueKind.Object ? null
                : json.RootElement.TryGetProperty("set", out _) && json.RootElement.TryGetProperty("pipelines", out var pipelines) && !json.RootElement.TryGetProperty("rightAndCited", out _)
                    ? OfRetrieval(json.RootElement, pipelines)
                    : json.RootElement.TryGetProperty("rightAndCited", out _) ? OfAnswers(json.RootElement, path) : null;
            return report ?? throw new EvaluationException($"'{path}' is no report: name what eval retrieval --json or eval answers --json printed.");
        }
        catch (JsonException exception)
        {
            throw new EvaluationException($"'{path}' is no report: name what eval retrieval --json or eval answers --json printed.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EvaluationException($"The report '{path}' cannot be read: give this user access to it.", exception);
        }
    }

    private static StoredReport? OfRetrieval(JsonElement json, JsonElement pipelines)
    {
        if (pipelines.ValueKind != JsonValueKind.Object || !pipelines.EnumerateObject().Any())
        {
            return null;
        }

        var report = json.Deserialize(ReportJson.Default.RetrievalReport);
        return report is { Set: not null } && report.Pipelines.Values.All(pipeline => pipeline is { LatencyMs: not null })
            ? new StoredReport(report.Set, report with { Pipelines = report.Pipelines.ToDictionary(pipeline => pipeline.Key, pipeline => Complete(pipeline.Value)) }, null)
            : null;
    }

    private static StoredReport? OfAnswers(JsonElement json, string path)
    {
        var report = json.Deserialize(ReportJson.Default.AnswerReport);
        if (report is not { LatencyMs: not null } || report.Curve?.Any(point => point is null) == true)
        {
            return null;
        }

        // Reports of earlier versions have no set, and shares only.
        var name = string.IsNullOrEmpty(report.Set) ? Path.GetFileNameWithoutExtension(path) : report.Set;
        return new StoredReport(name, null, report with
        {
            Set = name,
            Ci = Complete(report.Ci),
            Verdicts = report.Verdicts ?? new Dictionary<string, int>(),
            Kinds = (report.Kinds ?? new Dictionary<string, KindReport>()).Where(kind => kind.Value is not null).ToDictionary(kind => kind.Key, kind => kind.Value with { Ci = Complete(kind.Value.Ci) }),
            Curve = report.Curve ?? [],
            Pipelines = report.Pipelines?.Where(pipeline => pipeline.Value is { LatencyMs: not null })
                .ToDictionary(pipeline => pipeline.Key, pipeline => pipeline.Value with { Ci = Complete(pipeline.Value.Ci), PairedP = pipeline.Value.PairedP ?? new Dictionary<string, double>() }),
            StagesMs = Complete(report.StagesMs),
        });
    }

    private static PipelineReport Complete(PipelineReport pipeline) => pipeline with
    {
        Ci = Complete(pipeline.Ci),
        PairedP = pipeline.PairedP ?? new Dictionary<string, double>(),
        StagesMs = Complete(pipeline.StagesMs),
    };

    /// <summary>A part that is missing is empty from here on, and an interval has two ends.</summary>
    private static Dictionary<string, IReadOnlyList<double>> Complete(IReadOnlyDictionary<string, IReadOnlyList<double>>? intervals) =>
        (intervals ?? new Dictionary<string, IReadOnlyList<double>>()).Where(interval => interval.Value is { Count: 2 }).ToDictionary();

    private static Dictionary<string, Latency> Complete(IReadOnlyDictionary<string, Latency>? stages) =>
        (stages ?? new Dictionary<string, Latency>()).Where(stage => stage.Value is not null).ToDictionary();
}
