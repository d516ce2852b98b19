using CopilotBot.Knowledge;
using Microsoft.ML.OnnxRuntime;

namespace CopilotBot.Inference;

/// <summary>Reads intent and slots out of a message. Thread-safe; the model is loaded with the first message.</summary>
public sealed class OnnxTokenTagger : IDisposable
{
    /// <summary>Longest message, CLS and SEP among it; words behind that are not read.</summary>
    public const int MaximumTokens = 256;

    private readonly ModelEntry _model;

    private readonly Lazy<WordPieces> _wordPieces;

    private readonly Lazy<OnnxSession> _session;

    private readonly Lazy<TaggerOutputs> _outputs;

    public OnnxTokenTagger(ModelEntry model, int parallelRuns = 2)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        _wordPieces = new(() => WordPieces.Load(model));
        _session = new(() => OnnxSession.Load(model, parallelRuns));
        _outputs = new(() => TaggerOutputs.Load(model));
    }

    /// <exception cref="ModelException">The model cannot be loaded.</exception>
    public async Task<TaggedText> TagAsync(string text, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Describe(await ReadAsync(text, cancellationToken));
    }

    /// <summary>Names of the intents and tags, in the order of a reading.</summary>
    /// <exception cref="ModelException">The model cannot be loaded.</exception>
    internal (IReadOnlyList<string> Intents, IReadOnlyList<string> Tags) Names => (_outputs.Value.Intents, _outputs.Value.Tags);

    /// <summary>Decodes a reading.</summary>
    internal TaggedText Describe(TaggerReading reading)
    {
        var outputs = _outputs.Value;
        var intents = outputs.Intents.Zip(reading.IntentLogProbabilities, (intent, log) => (intent, Math.Exp(log))).OrderByDescending(intent => intent.Item2);
        var (path, probabilities) = outputs.Decode(reading);
        return new TaggedText([.. intents], ToSpans(reading.Words, path, probabilities, outputs.Tags)) { InScope = reading.InScope, OutOfScopeThreshold = outputs.OutOfScopeThreshold };
    }

    /// <summary>What the model says before decoding.</summary>
    /// <exception cref="ModelException">The model cannot be loaded.</exception>
    internal async Task<TaggerReading> ReadAsync(string text, CancellationToken cancellationToken)
    {
        var outputs = _outputs.Value;
        var tokens = Tokenize(text);
        return await RunAsync(tokens, outputs.Outputs, results => outputs.Read(tokens, results), cancellationToken);
    }

    /// <summary>What heads are trained over.</summary>
    /// <exception cref="ModelException">The model cannot be loaded, or gives no states.</exception>
    internal async Task<TokenStates> GetStatesAsync(string text, CancellationToken cancellationToken)
    {
        var tokens = Tokenize(text);
        return await RunAsync(tokens, [HeadOutputs.StateOutput], results => tokens.ReadStates(results[0].GetTensorDataAsSpan<float>()), cancellationToken);
    }

    public void Dispose()
    {
        if (_session.IsValueCreated)
        {
            _session.Value.Dispose();
        }
    }

    private async Task<T> RunAsync<T>(TokenizedText tokens, string[] outputs, Func<IReadOnlyList<OrtValue>, T> read, CancellationToken cancellationToken)
        where T : class
    {
        if (outputs.FirstOrDefault(name => !_session.Value.OutputNames.Contains(name)) is { } missing)
        {
            throw new ModelException($"The network '{_model.PathOf(ModelEntry.Network)}' has no output {missing}: {(missing == HeadOutputs.StateOutput ? "heads cannot be trained or used with it, so name a tagger that was exported with it" : "train heads for it with 'extract train --base', or name another tagger")}.");
        }

        using var input = new TokenBatch([tokens.TokenIds]);
        T? result = null;
        await _session.Value.RunAsync(input.Inputs, outputs, results => result = read(results), cancellationToken);
        return result!; // the run above set it or threw
    }

    internal TokenizedText Tokenize(string text)
    {
        var pieces = _wordPieces.Value;
        var row = new List<int> { pieces.ClassifyId };
        var words = new List<TextSpan>();
        var firstPieces = new List<int>();
        foreach (var word in TaggerWords.Split(text))
        {
            IReadOnlyList<int> ids = pieces.Encode(word.Of(text)) is { Count: > 0 } known ? known : [pieces.UnknownId];
            if (row.Count + ids.Count + 1 > MaximumTokens)
            {
                break;
            }

            words.Add(word);
            firstPieces.Add(row.Count);
            row.AddRange(ids);
        }

        row.Add(pieces.SeparateId);
        return new TokenizedText(row, words, firstPieces);
    }

    private static List<TaggedSpan> ToSpans(IReadOnlyList<TextSpan> words, int[] path, double[] probabilities, IReadOnlyList<string> tags)
    {
        var spans = new List<TaggedSpan>();
        for (var word = 0; word < path.Length; word++)
        {
            var tag = tags[path[word]];
            if (tag.StartsWith("B-", StringComparison.Ordinal))
            {
                spans.Add(new TaggedSpan(tag[2..], words[word], probabilities[word]));
            }
            else if (tag.StartsWith("I-", StringComparison.Ordinal))
            {
                // Decoding put it behind a word of the same span.
                var span = spans[^1];
                spans[^1] = span with { Span = new TextSpan(span.Span.Start, words[word].End - span.Span.Start), Probability = Math.Min(span.Probability, probabilities[word]) };
            }
        }

        return spans;
    }
}
