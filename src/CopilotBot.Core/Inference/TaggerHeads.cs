using System.Numerics.Tensors;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CopilotBot.Inference;

/// <summary>
/// heads.json of a tagger's folder: what was trained over the token states of its network, and is used instead of the network's own outputs. Matrices are float32,
/// little-endian, row by row, as base64.
/// </summary>
/// <param name="Intents">Names of the intents, in the order of the rows.</param>
/// <param name="Tags">Names of the tags (O, B-x, I-x), in the order of the rows; empty for intents alone.</param>
/// <param name="Pooling">What the intent is read from: "cls" (state of the first token), "mean" (mean of all tokens' states), "both" (the two, one behind the other).</param>
/// <param name="IntentWeights">[intents, features].</param>
/// <param name="IntentBias">[intents].</param>
/// <param name="TagWeights">[tags, states] over the state of a word's first piece; [tags, 3 * states] with neighbours: over the previous, its own and the next word's.</param>
/// <param name="TagBias">[tags].</param>
/// <param name="Transitions">[tags, tags]: score of going from the row's tag to the column's (linear-chain CRF); null for a softmax with BIO constraints.</param>
/// <param name="Starts">[tags]; null with <paramref name="Transitions"/>.</param>
/// <param name="Temperature">Logits of intents are divided by it before the softmax: calibration.</param>
/// <param name="OutOfScopeThreshold">Where no intent is as likely as this, the message is out of scope; null for none.</param>
/// <param name="TagContext">"none", or "neighbours": the tag is read from the previous and the next word's state too.</param>
internal sealed partial record TaggerHeads(
    IReadOnlyList<string> Intents,
    IReadOnlyList<string> Tags,
    string Pooling,
    float[] IntentWeights,
    float[] IntentBias,
    float[] TagWeights,
    float[] TagBias,
    float[]? Transitions,
    float[]? Starts,
    double Temperature,
    double? OutOfScopeThreshold,
    string TagContext = TaggerHeads.OwnState)
{
    public const string FileName = "heads.json";

    public const string PoolFirst = "cls";

    public const string PoolMean = "mean";

    public const string PoolBoth = "both";

    public const string OwnState = "none";

    public const string Neighbours = "neighbours";

    [JsonIgnore]
    public bool HasNeighbours => TagContext == Neighbours;

    /// <summary>Null when the model has none.</summary>
    /// <exception cref="ModelException">The file cannot be read, or its parts do not fit one another.</exception>
    public static TaggerHeads? Load(ModelEntry model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.Files.All(file => file.Name != FileName))
        {
            return null;
        }

        try
        {
            var heads = Read(model.Read(FileName));
            return heads.FindMismatch() is { } problem ? throw Refuse(model, problem, null) : heads;
        }
        catch (JsonException exception)
        {
            throw Refuse(model, "it is not a JSON object of names and matrices", exception);
        }
    }

    /// <exception cref="ModelException">They were trained over states of another width.</exception>
    public void CheckFits(int states, ModelEntry model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (IntentWeights.Length != (long)Intents.Count * states * (Pooling == PoolBoth ? 2 : 1) || TagWeights.Length != (long)Tags.Count * states * (HasNeighbours ? 3 : 1))
        {
            throw Refuse(model, $"its matrices do not fit the network's states of {states} numbers", null);
        }
    }

    /// <summary>[intents], before the temperature.</summary>
    public float[] ScoreIntents(TokenStates states)
    {
        ArgumentNullException.ThrowIfNull(states);
        return Score(states.Pool(Pooling), IntentWeights, IntentBias);
    }

    /// <summary>[word][tag].</summary>
    public float[][] ScoreTags(TokenStates states)
    {
        ArgumentNullException.ThrowIfNull(states);
        var scores = new float[states.Words.Count][];
        for (var word = 0; word < scores.Length; word++)
        {
            scores[word] = Score(states.Features(word, HasNeighbours), TagWeights, TagBias);
        }

        return scores;
    }

    private static float[] Score(ReadOnlySpan<float> features, float[] weights, float[] bias)
    {
        var scores = new float[bias.Length];
        for (var row = 0; row < scores.Length; row++)
        {
            scores[row] = bias[row] + TensorPrimitives.Dot(features, weights.AsSpan(row * features.Length, features.Length));
        }

        return scores;
    }

    private static ModelException Refuse(ModelEntry model, string problem, Exception? cause) =>
        new($"The heads '{model.PathOf(FileName)}' cannot be used, because {problem}: train them again with 'extract train', or remove the file to use the network's own outputs.", cause);

    /// <summary>What does not fit inside the file itself, or null. JSON may leave anything out.</summary>
    private string? FindMismatch()
    {
        if (Intents is not { Count: > 0 } || Tags is null || IntentWeights is null || IntentBias is null || TagWeights is null || TagBias is null)
        {
            return "a list of names or a matrix is missing";
        }

        var tags = Tags.Count;
        return Pooling is not (PoolFirst or PoolMean or PoolBoth) ? $"its pooling is none of {PoolFirst}, {PoolMean} and {PoolBoth}"
            : TagContext is not (OwnState or Neighbours) ? $"its tagContext is neither {OwnState} nor {Neighbours}"
            : IntentBias.Length != Intents.Count || TagBias.Length != tags ? "a bias has another length than its list of names"
            : (Transitions is null) != (Starts is null) ? "transitions and starts belong together"
            : Transitions is not null && (Transitions.Length != tags * tags || Starts!.Length != tags) ? "transitions and starts have another size than the tags" // both or none
            : Tags.Any(tag => tag != "O" && !(tag is { Length: > 2 } && tag[0] is 'B' or 'I' && tag[1] == '-')) ? "a tag is none of O, B-x and I-x"
            : Tags.Any(tag => tag[0] == 'I' && !Tags.Contains("B-" + tag[2..])) ? "an I-x has no B-x"
            : Tags.Count > 0 && !Tags.Contains("O") ? "the tag O is missing"
            : !(Temperature > 0 && double.IsFinite(Temperature)) ? "its temperature is not above zero"
            : OutOfScopeThreshold is < 0 or > 1 ? "its outOfScopeThreshold is not between 0 and 1"
            : new[] { IntentWeights, IntentBias, TagWeights, TagBias, Transitions, Starts }.Any(matrix => matrix is not null && !matrix.All(float.IsFinite)) ? "a matrix holds something that is not a number"
            : null;
    }

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, HeadsJson.Default.TaggerHeads);

    /// <exception cref="JsonException">It is not one.</exception>
    public static TaggerHeads Read(ReadOnlySpan<byte> content) => JsonSerializer.Deserialize(content, HeadsJson.Default.TaggerHeads) ?? throw new JsonException("The heads are null.");

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(FloatsAsBase64)])]
    [JsonSerializable(typeof(TaggerHeads))]
    private sealed partial class HeadsJson : JsonSerializerContext;

    private sealed class FloatsAsBase64 : JsonConverter<float[]>
    {
        public override float[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var bytes = reader.GetBytesFromBase64();
            return bytes.Length % sizeof(float) == 0
                ? [.. Enumerable.Range(0, bytes.Length / sizeof(float)).Select(i => BitConverter.ToSingle(bytes, i * sizeof(float)))]
                : throw new JsonException("A matrix is not one of float32.");
        }

        public override void Write(Utf8JsonWriter writer, float[] value, JsonSerializerOptions options)
        {
            var bytes = new byte[value.Length * sizeof(float)];
            for (var i = 0; i < value.Length; i++)
            {
                BitConverter.TryWriteBytes(bytes.AsSpan(i * sizeof(float)), value[i]);
            }

            writer.WriteBase64StringValue(bytes);
        }
    }
}
