using System.Text.RegularExpressions;
using CopilotBot.Knowledge;

namespace CopilotBot.Inference;

/// <summary>Reads intent and slots out of a message. Thread-safe; the model is loaded with the first message.</summary>
public sealed partial class OnnxTokenTagger : IDisposable
{
    /// <summary>Longest message, CLS and SEP among it; words behind that are not read.</summary>
    public const int MaximumTokens = 256;

    private static readonly string[] Outputs = ["intent_logits", "slot_logits"];

    private readonly Lazy<WordPieces> _wordPieces;

    private readonly Lazy<OnnxSession> _session;

    private readonly Lazy<(TaggerLabels Names, BioDecoder Decoder)> _labels;

    public OnnxTokenTagger(ModelEntry model, int parallelRuns = 2)
    {
        ArgumentNullException.ThrowIfNull(model);
        _wordPieces = new(() => WordPieces.Load(model));
        _session = new(() => OnnxSession.Load(model, parallelRuns));
        _labels = new(() =>
        {
            var names = TaggerLabels.Load(model);
            return (names, new BioDecoder(names.Tags));
        });
    }

    /// <exception cref="ModelException">The model cannot be loaded.</exception>
    public async Task<TaggedText> TagAsync(string text, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        var reading = await ReadAsync(text, cancellationToken);
        var labels = _labels.Value;
        var intents = labels.Names.Intents.Zip(reading.IntentLogProbabilities, (intent, log) => (intent, Math.Exp(log))).OrderByDescending(intent => intent.Item2);
        return new TaggedText([.. intents], ToSpans(reading, labels.Decoder.Decode(reading.TagLogProbabilities), labels.Names.Tags));
    }

    /// <summary>What the model says before decoding.</summary>
    internal async Task<TaggerReading> ReadAsync(string text, CancellationToken cancellationToken)
    {
        var (row, words, firstPieces) = Tokenize(text);
        using var input = new TokenBatch([row]);
        var (intents, tags) = (_labels.Value.Names.Intents.Count, _labels.Value.Names.Tags.Count);
        TaggerReading? reading = null;
        await _session.Value.RunAsync(
            input.Inputs,
            Outputs,
            results =>
            {
                var intentLogits = results[0].GetTensorDataAsSpan<float>();
                var slotLogits = results[1].GetTensorDataAsSpan<float>();
                if (intentLogits.Length != intents || slotLogits.Length != tags * row.Count)
                {
                    throw new ModelException($"The tagger has {intentLogits.Length} intents and {slotLogits.Length / row.Count} tags, its labels.json names {intents} and {tags}: restore the model folder.");
                }

                var slots = new double[words.Count][];
                for (var word = 0; word < words.Count; word++)
                {
                    slots[word] = LogSoftmax(slotLogits.Slice(firstPieces[word] * tags, tags));
                }

                reading = new TaggerReading(row, words, LogSoftmax(intentLogits), slots);
            },
            cancellationToken);
        return reading!; // the run above set it or threw
    }

    public void Dispose()
    {
        if (_session.IsValueCreated)
        {
            _session.Value.Dispose();
        }
    }

    /// <summary>Ids with CLS and SEP; characters of each word; where in the ids its first piece is.</summary>
    internal (List<int> Row, List<TextSpan> Words, List<int> FirstPieces) Tokenize(string text)
    {
        var pieces = _wordPieces.Value;
        var row = new List<int> { pieces.ClassifyId };
        var words = new List<TextSpan>();
        var firstPieces = new List<int>();
        foreach (Match word in Word().Matches(text))
        {
            IReadOnlyList<int> ids = pieces.Encode(word.Value) is { Count: > 0 } known ? known : [pieces.UnknownId];
            if (row.Count + ids.Count + 1 > MaximumTokens)
            {
                break;
            }

            words.Add(new TextSpan(word.Index, word.Length));
            firstPieces.Add(row.Count);
            row.AddRange(ids);
        }

        row.Add(pieces.SeparateId);
        return (row, words, firstPieces);
    }

    private static List<TaggedSpan> ToSpans(TaggerReading reading, int[] path, IReadOnlyList<string> tags)
    {
        var spans = new List<TaggedSpan>();
        for (var word = 0; word < path.Length; word++)
        {
            var tag = tags[path[word]];
            var probability = Math.Exp(reading.TagLogProbabilities[word][path[word]]);
            if (tag.StartsWith("B-", StringComparison.Ordinal))
            {
                spans.Add(new TaggedSpan(tag[2..], reading.Words[word], probability));
            }
            else if (tag.StartsWith("I-", StringComparison.Ordinal))
            {
                // Decoding put it behind a word of the same span.
                var span = spans[^1];
                spans[^1] = span with { Span = new TextSpan(span.Span.Start, reading.Words[word].End - span.Span.Start), Probability = Math.Min(span.Probability, probability) };
            }
        }

        return spans;
    }

    private static double[] LogSoftmax(ReadOnlySpan<float> logits)
    {
        var maximum = float.NegativeInfinity;
        foreach (var logit in logits)
        {
            maximum = Math.Max(maximum, logit);
        }

        var sum = 0d;
        foreach (var logit in logits)
        {
            sum += Math.Exp(logit - maximum);
        }

        var result = new double[logits.Length];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = logits[i] - maximum - Math.Log(sum);
        }

        return result;
    }

    /// <summary>\w+|[^\w\s] of its model card, over whole code points.</summary>
    [GeneratedRegex(@"\w+|[\uD800-\uDBFF][\uDC00-\uDFFF]|[^\w\s]")]
    private static partial Regex Word();
}
