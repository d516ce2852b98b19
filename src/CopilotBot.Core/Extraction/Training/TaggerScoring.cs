using CopilotBot.Inference;

namespace CopilotBot.Extraction.Training;

/// <summary>Lets a tagger read labelled messages as it reads those of people, and counts what is right.</summary>
internal static class TaggerScoring
{
    public static async Task<TaggerFigures> ScoreAsync(OnnxTokenTagger tagger, IReadOnlyList<LabelledMessage> messages, CancellationToken cancellationToken)
    {
        var read = new TaggedText[messages.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, messages.Count, options, async (index, stop) => read[index] = await tagger.TagAsync(messages[index].Text, stop));

        var spans = new SpanScore();
        var (right, rejected, exact) = (0, 0, 0);
        foreach (var (message, text) in messages.Zip(read))
        {
            var isIntentRight = message.IsOutOfScope ? text.IsOutOfScope || text.Intents[0].Intent == message.Intent : !text.IsOutOfScope && text.Intents[0].Intent == message.Intent;
            var areSlotsRight = message.Tags is null || spans.Add(message.Slots, [.. text.Spans.Select(span => (span.Label, span.Span))]);
            right += isIntentRight && !message.IsOutOfScope ? 1 : 0;
            rejected += isIntentRight && message.IsOutOfScope ? 1 : 0;
            exact += isIntentRight && areSlotsRight ? 1 : 0;
        }

        var outside = messages.Count(message => message.IsOutOfScope);
        return new TaggerFigures(
            messages.Count,
            (double)right / Math.Max(1, messages.Count - outside),
            outside == 0 ? null : (double)rejected / outside,
            messages.Any(message => message.Tags is not null) ? spans.F1 : null,
            (double)exact / messages.Count);
    }
}
