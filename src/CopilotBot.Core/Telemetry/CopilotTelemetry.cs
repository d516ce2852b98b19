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

    public static ActivitySource Source { get; } = new(Name);

    public static void TurnFinished(string outcome, double milliseconds)
    {
        Turns.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        TurnDuration.Record(milliseconds);
    }
}
