using CopilotBot.Knowledge;
using Microsoft.Extensions.AI;
using Microsoft.ML.OnnxRuntime;

namespace CopilotBot.Inference;

/// <summary>Sentence vector and token vectors of a text in one pass of a BERT-type ONNX model. Thread-safe; the model is loaded with the first text.</summary>
/// <param name="folder">Holds model.onnx and vocab.txt.</param>
/// <param name="batchSize">
/// Texts a run. Activations are quantised per run, so batch mates move each other's vectors a little: with 1 a vector depends on its text alone.
/// </param>
public sealed class OnnxTextEncoder(string folder, int batchSize = 1, int parallelRuns = 2) : IEmbeddingGenerator<string, Embedding<float>>
{
    /// <summary>Longest input, CLS and SEP among it; what is longer is cut.</summary>
    public const int MaximumTokens = 256;

    private static readonly string[] Outputs = ["sentence_embedding", "token_embeddings"];

    private readonly Lazy<WordPieces> _wordPieces = new(() => WordPieces.Load(folder));

    private readonly Lazy<OnnxSession> _session = new(() =>
    {
        ShippedModels.VerifyIfShipped(folder);
        return OnnxSession.Load(folder, parallelRuns);
    });

    /// <summary>Loads the model now rather than with the first text.</summary>
    /// <exception cref="ModelException">It cannot be loaded, or it is not the released one.</exception>
    public void Load()
    {
        _ = _wordPieces.Value;
        _ = _session.Value;
    }

    /// <summary>Word pieces of the text, CLS and SEP left out and nothing cut.</summary>
    public int CountTokens(string text) => _wordPieces.Value.Encode(text).Count;

    /// <summary>Encodings in the order of <paramref name="texts"/>.</summary>
    /// <exception cref="ModelException">The model cannot be loaded.</exception>
    public async Task<IReadOnlyList<TextEncoding>> EncodeAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var rows = new IReadOnlyList<int>[texts.Count];
        for (var i = 0; i < texts.Count; i++)
        {
            rows[i] = [WordPieces.ClassifyId, .. _wordPieces.Value.Encode(texts[i]).Take(MaximumTokens - 2), WordPieces.SeparateId];
        }

        // Sorted by length, a batch holds little padding.
        var encodings = new TextEncoding[texts.Count];
        var batches = Enumerable.Range(0, rows.Length).OrderBy(i => rows[i].Count).Chunk(batchSize);
        await Task.WhenAll(batches.Select(batch => EncodeBatchAsync(rows, batch, encodings, cancellationToken)));
        return encodings;
    }

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var encodings = await EncodeAsync([.. values], cancellationToken);
        return [.. encodings.Select(encoding => new Embedding<float>(encoding.SentenceVector))];
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType?.IsInstanceOfType(this) == true ? this : null;

    public void Dispose()
    {
        if (_session.IsValueCreated)
        {
            _session.Value.Dispose();
        }
    }

    private async Task EncodeBatchAsync(IReadOnlyList<int>[] rows, int[] batch, TextEncoding[] encodings, CancellationToken cancellationToken)
    {
        using var input = new TokenBatch([.. batch.Select(i => rows[i])]);
        await _session.Value.RunAsync(input.Inputs, Outputs, outputs => Read(outputs, rows, batch, input.Length, encodings), cancellationToken);
    }

    private static void Read(IReadOnlyList<OrtValue> outputs, IReadOnlyList<int>[] rows, int[] batch, int length, TextEncoding[] encodings)
    {
        var sentences = outputs[0].GetTensorDataAsSpan<float>();
        var tokens = outputs[1].GetTensorDataAsSpan<float>();
        var sentenceDimensions = sentences.Length / batch.Length;
        var tokenDimensions = tokens.Length / (batch.Length * length);
        for (var b = 0; b < batch.Length; b++)
        {
            var row = rows[batch[b]];
            var inner = row.Count - 2;
            encodings[batch[b]] = new TextEncoding(
                [.. row.Skip(1).Take(inner)],
                sentences.Slice(b * sentenceDimensions, sentenceDimensions).ToArray(),
                tokens.Slice(((b * length) + 1) * tokenDimensions, inner * tokenDimensions).ToArray(),
                tokenDimensions);
        }
    }
}
