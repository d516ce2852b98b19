using CopilotBot.Extraction;
using CopilotBot.Extraction.Training;
using CopilotBot.Inference;

namespace CopilotBot.FineTuning;

/// <summary>What heads read in states of labelled messages.</summary>
/// <param name="IntentScores">Of each message, before the temperature.</param>
/// <param name="TagScores">[word][tag] of each message.</param>
internal sealed record Reading(TaggerFigures Figures, IReadOnlyList<TokenStates> States, IReadOnlyList<float[]> IntentScores, IReadOnlyList<float[][]> TagScores)
{
    public static Reading Of(TaggerHeads heads, IReadOnlyList<Example> examples, IReadOnlyList<TokenStates> states)
    {
        var intents = states.Select(heads.ScoreIntents).ToList();
        var tags = states.Select(state => heads.Tags.Count == 0 ? [] : heads.ScoreTags(state)).ToList();
        return new Reading(Count(heads, examples, intents, tags), states, intents, tags);
    }

    private static TaggerFigures Count(TaggerHeads heads, IReadOnlyList<Example> examples, List<float[]> intents, List<float[][]> tags)
    {
        var decoder = new BioDecoder(heads.Tags, heads.Transitions, heads.Starts);
        var spans = new SpanScore();
        var (right, rejected, exact, outside) = (0, 0, 0, 0);
        for (var i = 0; i < examples.Count; i++)
        {
            var (message, words) = (examples[i].Message, examples[i].Tokens.Words);
            var isOut = heads.OutOfScopeThreshold is { } threshold && 1 / intents[i].Sum(score => Math.Exp((score - intents[i].Max()) / (heads.OutOfScopeTemperature ?? heads.Temperature))) < threshold;
            var isRight = message.IsOutOfScope ? isOut : !isOut && heads.Intents[Array.IndexOf(intents[i], intents[i].Max())] == message.Intent;
            string[] path = heads.Tags.Count == 0 ? [] : [.. decoder.Decode([.. tags[i].Select(word => word.Select(score => (double)score).ToArray())]).Select(tag => heads.Tags[tag])];
            var areSlotsRight = message.Tags is null || heads.Tags.Count == 0 || spans.Add(message.Slots, TagRuns.Of(path, words));
            right += isRight && !message.IsOutOfScope ? 1 : 0;
            rejected += isRight && message.IsOutOfScope ? 1 : 0;
            outside += message.IsOutOfScope ? 1 : 0;
            exact += isRight && areSlotsRight ? 1 : 0;
        }

        return new TaggerFigures(
            examples.Count,
            (double)right / Math.Max(1, examples.Count - outside),
            outside == 0 ? null : (double)rejected / outside,
            heads.Tags.Count == 0 ? null : spans.F1,
            (double)exact / examples.Count);
    }
}
