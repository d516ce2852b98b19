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

    private static readonly Counter<long> Received = Meter.CreateCounter<long>("copilotbot.channel.received", description: "What channels delivered, by channel, kind and what was made of it.");

    private static readonly Counter<long> Sent = Meter.CreateCounter<long>("copilotbot.channel.sent", description: "Messages brought to a platform, by channel and result.");

    private static readonly Counter<long> Orphans = Meter.CreateCounter<long>("copilotbot.channel.orphans", description: "Placeholders that may have been left behind, by channel.");

    private static readonly Counter<long> Feedback = Meter.CreateCounter<long>("copilotbot.feedback", description: "Votes on answers, by channel and vote.");

    private static readonly Counter<long> Tickets = Meter.CreateCounter<long>("copilotbot.tickets", description: "Confirmed drafts by what became of them: written, found, failed, refused.");

    private static readonly Counter<long> ItemFailures = Meter.CreateCounter<long>("copilotbot.sync.failures", description: "Items of live sources that could not be read, by source.");

    private static readonly Histogram<double> SyncLag = Meter.CreateHistogram<double>("copilotbot.sync.lag", "s", "Time from a change in a live source to when it can be found.");

    public static ActivitySource Source { get; } = new(Name);

    /// <param name="seconds">Since the platform said anything over a connection that it keeps open; negative where it never did.</param>
    public static void ObserveSilence(string channel, Func<double> seconds) =>
        Meter.CreateObservableGauge("copilotbot.channel.silence", () => new Measurement<double>(seconds(), new KeyValuePair<string, object?>("channel", channel)), "s", "Time since a channel's connection brought anything.");

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

    /// <param name="kind">Type or name of the event as the platform calls it; unknown ones as "other", so that nobody can make up series.</param>
    public static void EventReceived(string channel, string kind, string result) =>
        Received.Add(1, new("channel", channel), new("kind", kind), new KeyValuePair<string, object?>("result", result));

    public static void MessageSent(string channel, string result) => Sent.Add(1, new("channel", channel), new KeyValuePair<string, object?>("result", result));

    public static void PlaceholderOrphaned(string channel) => Orphans.Add(1, new KeyValuePair<string, object?>("channel", channel));

    public static void FeedbackGiven(string channel, string vote) => Feedback.Add(1, new("channel", channel), new KeyValuePair<string, object?>("vote", vote));

    public static void TicketSettled(string result) => Tickets.Add(1, new KeyValuePair<string, object?>("result", result));

    public static void ItemFailed(string source) => ItemFailures.Add(1, new KeyValuePair<string, object?>("source", source));

    /// <summary>Current figures of a live source: seconds since its last success, and items that wait.</summary>
    public static void ObserveSync(Func<IEnumerable<(string Source, double SecondsSinceSuccess, int Waiting)>> sources)
    {
        Meter.CreateObservableGauge("copilotbot.sync.age", () => sources().Select(source => new Measurement<double>(source.SecondsSinceSuccess, new KeyValuePair<string, object?>("source", source.Source))), "s", "Time since a live source was last looked at with success.");
        Meter.CreateObservableGauge("copilotbot.sync.waiting", () => sources().Select(source => new Measurement<int>(source.Waiting, new KeyValuePair<string, object?>("source", source.Source))), "{item}", "Items of a live source that are due to be read.");
    }

    /// <param name="seconds">From the change, by the source's clock, to when it can be found.</param>
    public static void ChangeIndexed(string source, double seconds) => SyncLag.Record(seconds, new KeyValuePair<string, object?>("source", source));
}
