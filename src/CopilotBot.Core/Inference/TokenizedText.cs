using System.Numerics.Tensors;
using CopilotBot.Knowledge;

namespace CopilotBot.Inference;

/// <param name="TokenIds">With CLS and SEP.</param>
/// <param name="Words">Characters of each word that is read.</param>
/// <param name="FirstPieces">Token of each word's first piece.</param>
internal sealed record TokenizedText(IReadOnlyList<int> TokenIds, IReadOnlyList<TextSpan> Words, IReadOnlyList<int> FirstPieces)
{
    /// <param name="states">[tokens, states], row by row.</param>
    public TokenStates ReadStates(ReadOnlySpan<float> states)
    {
        var width = states.Length / TokenIds.Count;
        var words = new float[(Words.Count + 2) * width];
        for (var word = 0; word < Words.Count; word++)
        {
            states.Slice(FirstPieces[word] * width, width).CopyTo(words.AsSpan((word + 1) * width));
        }

        var mean = new float[width];
        for (var token = 0; token < TokenIds.Count; token++)
        {
            TensorPrimitives.Add(mean, states.Slice(token * width, width), mean);
        }

        TensorPrimitives.Divide(mean, TokenIds.Count, mean);
        return new TokenStates(TokenIds, Words, words, states[..width].ToArray(), mean);
    }
}
