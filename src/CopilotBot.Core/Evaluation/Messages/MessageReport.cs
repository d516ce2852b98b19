using System.Text.Json.Serialization;

namespace CopilotBot.Evaluation.Messages;

/// <summary>How well messages of a set are read. Null where the set has no such thing.</summary>
/// <param name="IntentAccuracy">Of the messages that are not marked as out of scope.</param>
/// <param name="OutOfScopeRecall">Share of the messages marked (or labelled) as out of scope that are taken for such.</param>
/// <param name="SlotF1">Micro-averaged over spans; a span counts where both ends and the label are right.</param>
/// <param name="FieldMicroF1">Over values of fields after normalisation.</param>
/// <param name="Exact">Share of messages of which the intent and all slots are right.</param>
public sealed record MessageReport(int N, double? IntentAccuracy, double? OutOfScopeRecall, double? SlotF1, double? FieldMicroF1, double? Exact, Latency LatencyMs)
{
    [JsonPropertyOrder(1)]
    public string Set { get; init; } = "";

    [JsonPropertyOrder(1)]
    public string Split { get; init; } = "";

    [JsonPropertyOrder(1)]
    public string Engine { get; init; } = "";

    [JsonPropertyOrder(1)]
    public IReadOnlyDictionary<string, PartScore> BySlot { get; init; } = new Dictionary<string, PartScore>();

    [JsonPropertyOrder(1)]
    public IReadOnlyDictionary<string, PartScore> ByField { get; init; } = new Dictionary<string, PartScore>();

    [JsonPropertyOrder(1)]
    public IReadOnlyDictionary<string, StyleScore> ByStyle { get; init; } = new Dictionary<string, StyleScore>();

    /// <summary>Intents first, then slots of overlapping spans, each the most frequent first.</summary>
    [JsonPropertyOrder(1)]
    public IReadOnlyList<Confusion> Confusions { get; init; } = [];

    /// <summary>Of a language model.</summary>
    [JsonPropertyOrder(1)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ModelCost? Cost { get; init; }

    /// <summary>The same set by the language model, where both were asked for.</summary>
    [JsonPropertyOrder(1)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MessageReport? Llm { get; init; }
}

public sealed record PartScore(int Expected, int Found, int Right)
{
    public double F1 => Expected + Found == 0 ? 0 : 2d * Right / (Expected + Found);
}

public sealed record StyleScore(int N, double? IntentAccuracy, double? SlotF1, double? FieldMicroF1, double? Exact);

/// <param name="Of">"intent" or "slot"; a slot that was found where nothing is, or the other way round, has "-" there.</param>
public sealed record Confusion(string Of, string Expected, string Found, int Count);

/// <param name="PerThousand">In the currency of the prices in the settings; null without prices.</param>
/// <param name="Dropped">Values that do not stand in the message.</param>
/// <param name="Failed">Messages that it gave no reading of.</param>
public sealed record ModelCost(double InputTokens, double OutputTokens, double? PerThousand, int Dropped, int Failed);
