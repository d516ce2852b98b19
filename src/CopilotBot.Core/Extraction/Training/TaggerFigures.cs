namespace CopilotBot.Extraction.Training;

/// <summary>How well a tagger reads a part of a set.</summary>
/// <param name="IntentAccuracy">Of the messages in scope; one that is taken for out of scope is wrong.</param>
/// <param name="OutOfScopeRecall">Null when all are in scope.</param>
/// <param name="SlotF1">As <see cref="SpanScore"/>; null for a set of intents alone.</param>
/// <param name="Exact">Share of messages with intent and all slots right.</param>
public sealed record TaggerFigures(int Messages, double IntentAccuracy, double? OutOfScopeRecall, double? SlotF1, double Exact);
