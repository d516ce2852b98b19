using System.Numerics.Tensors;
using CopilotBot.Knowledge;
using Microsoft.Extensions.AI;
using Microsoft.ML.OnnxRuntime;

namespace CopilotBot.Inference;

/// <summary>Sentence vector and token vectors of a text in one pass of a BERT-type ONNX model. Thread-safe; the model is loaded with the first text.</summary>
/// <remarks>
/// A model without a sentence vector gets the mean of its token states, of unit length, as sentence-transformers models with mean pooling have it; token
/// states that are not of unit length are brought to it.
/// </remarks>
/// <param name="batchSize">
/// Texts a run. Activations are quantised per run, so batch mates move each other's vectors a little: with 1 a vector depends on its text alone.
/// </param>
public sealed class OnnxTextEncoder(ModelEntry model, int batchSize = 1, int parallelRuns = 2) : IEmbeddingGenerator<string, Embedding<float>>
{
    /// <summary>Longest input, CLS and SEP among it; what is longer is cut.</summary>
    public const int MaximumTokens = 256;

    private readonly Lazy<WordPieces> _wordPieces = new(() => WordPieces.Load(model));

    private readonly Lazy<OnnxSession> _session = new(() => OnnxSession.Load(model, parallelRuns));

    /// <summary>Same for the same network: vectors of others cannot be compared with its own.</summary>
    public string Fingerprint => model.Fingerprint;

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
        var pieces = _wordPieces.Value;
        var rows = new IReadOnlyList<int>[texts.Count];
        for (var i = 0; i < texts.Count; i++)
        {
            rows[i] = [pieces.ClassifyId, .. pieces.Encode(texts[i]).Take(MaximumTokens - 2), pieces.SeparateId];
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
        var session = _session.Value;
        IReadOnlyList<IReadOnlyList<int>> inputs = [.. batch.Select(i => rows[i])];
        using var input = new TokenBatch(inputs, session.WantsTokenTypes ? [.. inputs.Select(row => row.Count)] : null);
        string[] outputs = [session.OutputNames.Contains("token_embeddings") ? "token_embeddings" : "last_hidden_state"];
        outputs = session.OutputNames.Contains("sentence_embedding") ? [.. outputs, "sentence_embedding"] : outputs;
        await session.RunAsync(input.Inputs, outputs, results => Read(results, rows, batch, input.Length, encodings), cancellationToken);
    }

    private static void Read(IReadOnlyList<OrtValue> outputs, IReadOnlyList<int>[] rows, int[] batch, int length, TextEncoding[] encodings)
    {
        var tokens = outputs[0].GetTensorDataAsSpan<float>();
        var sentences = outputs.Count > 1 ? outputs[1].GetTensorDataAsSpan<float>() : [];
        var tokenDimensions = tokens.Length / (batch.Length * length);
        var sentenceDimensions = sentences.Length / batch.Length;
        for (var b = 0; b < batch.Length; b++)
        {
            var row = rows[batch[b]];
            var states = tokens.Slice(b * length * tokenDimensions, row.Count * tokenDimensions);
            var sentence = sentenceDimensions > 0 ? sentences.Slice(b * sentenceDimensions, sentenceDimensions).ToArray() : Mean(states, tokenDimensions);

            // CLS and SEP are left out of late interaction.
            var inner = row.Count - 2;
            var vectors = states.Slice(tokenDimensions, inner * tokenDimensions).ToArray();
            for (var t = 0; t < inner; t++)
            {
                Normalize(vectors.AsSpan(t * tokenDimensions, tokenDimensions));
            }

            encodings[batch[b]] = new TextEncoding([.. row.Skip(1).Take(inner)], sentence, vectors, tokenDimensions);
        }
    }

    private static float[] Mean(ReadOnlySpan<float> states, int dimensions)
    {
        var mean = new float[dimensions];
        for (var start = 0; start < states.Length; start += dimensions)
        {
            TensorPrimitives.Add(mean, states.Slice(start, dimensions), mean);
        }

        Normalize(mean);
        return mean;
    }

    private static void Normalize(Span<float> vector)
    {
        var length = TensorPrimitives.Norm<float>(vector);
        if (length > 0)
        {
            TensorPrimitives.Divide(vector, length, vector);
        }
    }
}
