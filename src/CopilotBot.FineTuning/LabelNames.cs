namespace CopilotBot.FineTuning;

/// <summary>Intents and tags in the order of the heads' rows; no tags for intents alone.</summary>
internal sealed record LabelNames(IReadOnlyList<string> Intents, IReadOnlyList<string> Tags);
