namespace CopilotBot.FineTuning;

/// <summary>Intents and tags of a training set, in the order of the heads' rows.</summary>
internal sealed record LabelNames(IReadOnlyList<string> Intents, IReadOnlyList<string> Tags)
{
    /// <summary>Of each slot both tags, whether or not both are in the set.</summary>
    public static LabelNames Of(IReadOnlyList<Example> examples)
    {
        var intents = examples.Select(example => example.Intent).Distinct().Order(StringComparer.Ordinal).ToList();
        var slots = examples.SelectMany(example => example.Tags ?? []).Where(tag => tag != "O").Select(tag => tag[2..]).Distinct().Order(StringComparer.Ordinal);
        return examples.All(example => example.Tags is null) ? new LabelNames(intents, []) : new LabelNames(intents, ["O", .. slots.SelectMany(slot => new[] { "B-" + slot, "I-" + slot })]);
    }
}
