using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace CopilotBot.Telemetry;

/// <summary>The one activity source and the one meter. No tag ever holds text of a question or a document.</summary>
public static class CopilotTelemetry
{
    public const string Name = "CopilotBot";

    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Turns = Meter.CreateCounter<long>("copilotbot.turns", description: "Finished turns by outcome.");

    private static readonly Histogram<double> TurnDuration = Meter.CreateHistogram<double>("copilotbot.turn.duration", "ms", "Time of a turn.");

    private static readonly Counter<long> Searches = Meter.CreateCounter<long>("copilotbot.searches", description: "Searches, by whether every stage ran at full depth.");

    private static readonly Histogram<int> SearchDepth = Meter.CreateHistogram<int>("copilotbot.search.depth", "{candidate}", "Candidates asked of each of BM25 and dense.");

    private static readonly Counter<long> CutOffs = Meter.CreateCounter<long>("copilotbot.search.cutoffs", description: "Stages that the deadline left out, by stage.");

    public static ActivitySource Source { get; } = new(Name);

    public static void TurnFinished(string outcome, double milliseconds)
    {
        Turns.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        TurnDuration.Record(milliseconds);
    }

    public static void SearchFinished(int depth, bool isComplete)
    {
        Searches.Add(1, new KeyValuePair<string, object?>("complete", isComplete));
        SearchDepth.Record(depth);
    }

    public static void StageCutOff(string stage) => CutOffs.Add(1, new KeyValuePair<string, object?>("stage", stage));
}
