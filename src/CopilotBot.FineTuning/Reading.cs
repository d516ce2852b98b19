using CopilotBot.Inference;

namespace CopilotBot.FineTuning;

/// <summary>What heads read in states of labelled messages.</summary>
/// <param name="States">[tokens, width] of each message.</param>
/// <param name="IntentLogits">Of each message.</param>
/// <param name="Emissions">[word][tag] of each message.</param>
internal sealed record Reading(Scores Scores, IReadOnlyList<float[]> States, IReadOnlyList<float[]> IntentLogits, IReadOnlyList<float[][]> Emissions)
{
    public static Reading Of(TaggerHeads heads, IReadOnlyList<Example> examples, IReadOnlyList<float[]> states)
    {
        var reader = new HeadsReader(heads);
        var intents = states.Select(state => reader.IntentLogits(state)).ToList();
        var emissions = states.Select((state, i) => heads.Tags.Count == 0 ? [] : reader.Emissions(state, examples[i].FirstPieces())).ToList();
        var readings = examples.Select((example, i) => (example, heads.Intents[intents[i].IndexOf(intents[i].Max())], reader.BestTags(emissions[i])));
        return new Reading(Scores.Of(readings), states, intents, emissions);
    }
}
