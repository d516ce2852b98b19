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
/// <param name="TagWeights">[tags, states]: over the state of a word's first piece.</param>
/// <param name="TagBias">[tags].</param>
/// <param name="Transitions">[tags, tags]: score of going from the row's tag to the column's (linear-chain CRF); null for a softmax with BIO constraints.</param>
/// <param name="Starts">[tags]; null with <paramref name="Transitions"/>.</param>
/// <param name="Temperature">Logits of intents are divided by it before the softmax: calibration.</param>
/// <param name="OutOfScopeThreshold">Where no intent is as likely as this, the message is out of scope; null for none.</param>
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
    double? OutOfScopeThreshold)
{
    public const string FileName = "heads.json";

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
