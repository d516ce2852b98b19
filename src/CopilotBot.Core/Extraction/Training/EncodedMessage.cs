using CopilotBot.Inference;

namespace CopilotBot.Extraction.Training;

/// <summary>A labelled message with the states of its tokens.</summary>
internal sealed record EncodedMessage(LabelledMessage Message, TokenStates States)
{
    private readonly Dictionary<string, float[]> _pooled = [];

    /// <summary>[features]; made once for each pooling.</summary>
    public float[] Pooled(string pooling) => _pooled.TryGetValue(pooling, out var features) ? features : _pooled[pooling] = States.Pool(pooling);
}
