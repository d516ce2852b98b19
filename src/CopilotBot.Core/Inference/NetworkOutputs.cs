using Microsoft.ML.OnnxRuntime;

namespace CopilotBot.Inference;

/// <summary>The network's own intent_logits and slot_logits.</summary>
internal sealed class NetworkOutputs(TaggerLabels labels) : TaggerOutputs(labels.Intents, labels.Tags, ["intent_logits", "slot_logits"])
{
    private readonly BioDecoder _decoder = new(labels.Tags);

    public override TaggerReading Read(TokenizedText text, IReadOnlyList<OrtValue> results)
    {
        var intentLogits = results[0].GetTensorDataAsSpan<float>();
        var slotLogits = results[1].GetTensorDataAsSpan<float>();
        if (intentLogits.Length != Intents.Count || slotLogits.Length != Tags.Count * text.TokenIds.Count)
        {
            throw new ModelException(
                $"The tagger has {intentLogits.Length} intents and {slotLogits.Length / text.TokenIds.Count} tags, its labels.json names {Intents.Count} and {Tags.Count}: restore the model folder.");
        }

        var tags = new double[text.Words.Count][];
        for (var word = 0; word < tags.Length; word++)
        {
            tags[word] = LogSoftmax(slotLogits.Slice(text.FirstPieces[word] * Tags.Count, Tags.Count));
        }

        return new TaggerReading(text.TokenIds, text.Words, LogSoftmax(intentLogits), tags);
    }

    public override (int[] Path, double[] Probabilities) Decode(TaggerReading reading)
    {
        var path = _decoder.Decode(reading.TagLogProbabilities);
        return (path, [.. path.Select((tag, word) => Math.Exp(reading.TagLogProbabilities[word][tag]))]);
    }
}
