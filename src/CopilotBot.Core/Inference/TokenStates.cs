using CopilotBot.Knowledge;

namespace CopilotBot.Inference;

/// <summary>States that a tagger's network gives for the tokens of a message.</summary>
/// <param name="TokenIds">With CLS and SEP.</param>
/// <param name="Words">Characters of each word that was read.</param>
/// <param name="WordStates">[words + 2, states]: of each word's first piece, with a row of zeros before the first and behind the last word.</param>
/// <param name="First">[states]: of CLS.</param>
/// <param name="Mean">[states]: mean over all tokens, CLS and SEP among them.</param>
internal sealed record TokenStates(IReadOnlyList<int> TokenIds, IReadOnlyList<TextSpan> Words, float[] WordStates, float[] First, float[] Mean)
{
    /// <summary>What the tag of the word is scored from: its state, or with its neighbours' the previous, its own and the next one.</summary>
    public ReadOnlySpan<float> Features(int word, bool withNeighbours)
    {
        var states = First.Length;
        return withNeighbours ? WordStates.AsSpan(word * states, 3 * states) : WordStates.AsSpan((word + 1) * states, states);
    }

    /// <param name="pooling">As <see cref="TaggerHeads.Pooling"/>.</param>
    public float[] Pool(string pooling) => pooling switch
    {
        TaggerHeads.PoolFirst => First,
        TaggerHeads.PoolMean => Mean,
        TaggerHeads.PoolBoth => [.. First, .. Mean],
        _ => throw new ArgumentOutOfRangeException(nameof(pooling)),
    };
}
