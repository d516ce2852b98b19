using CopilotBot.Extraction.Words;
using CopilotBot.Inference;

namespace CopilotBot.Extraction;

/// <summary>
/// Reads intents and slots with two experts whose probabilities are multiplied: the tagger, and log-linear models of the words themselves. The tagger knows meanings,
/// the words are exact about forms and about how questions are put. A tagger of other intents and slots is taken at its word. Thread-safe.
/// </summary>
public sealed class MessageReader(OnnxTokenTagger tagger) : IMessageReader
{
    private static readonly Lazy<LogLinearModel> IntentWords = new(() => LogLinearModel.Ship("intents.tsv"));

    private static readonly Lazy<LogLinearModel> TagWords = new(() => LogLinearModel.Ship("tags.tsv"));

    /// <summary>
    /// The sum of two log-probabilities is too sure of itself: it is divided by this. Fitted by `tests/CopilotBot.Benchmarks -- calibrate-messages` on questions that neither
    /// expert had seen, as the dev part of tickets-messages was among what the tagger was trained on.
    /// </summary>
    internal const double Temperature = 1.4;

    public async Task<TaggedText> ReadAsync(string text, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        var reading = tagger.Describe(Join(text, await tagger.ReadAsync(text, cancellationToken)));
        return ReadsTickets ? SpanRepair.Apply(text, reading) : reading;
    }

    /// <summary>The tagger has the intents and slots of tickets.</summary>
    /// <exception cref="ModelException">The model cannot be loaded.</exception>
    public bool ReadsTickets => tagger.Names.Tags.SequenceEqual(TagWords.Value.Classes);

    private TaggerReading Join(string text, TaggerReading reading)
    {
        var intents = tagger.Names.Intents;
        if (intents.SequenceEqual(IntentWords.Value.Classes))
        {
            reading = reading with { IntentLogProbabilities = Multiply(reading.IntentLogProbabilities, IntentWords.Value.Score(IntentFeatures.Of(text)), Temperature) };
        }

        if (reading.Words.Count > 0 && ReadsTickets)
        {
            var words = new MessageWords(text, reading.Words);
            var intent = intents[Array.IndexOf(reading.IntentLogProbabilities, reading.IntentLogProbabilities.Max())];
            reading = reading with
            {
                TagLogProbabilities = [.. reading.TagLogProbabilities.Select((own, word) => Multiply(own, TagWords.Value.Score(TagFeatures.Of(words, word, intent)), 1))],
            };
        }

        return reading;
    }

    private static double[] Multiply(double[] one, double[] other, double temperature) =>
        LogLinearModel.LogSoftmax([.. one.Zip(other, (first, second) => (first + second) / temperature)]);
}
