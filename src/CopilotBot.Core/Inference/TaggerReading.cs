using CopilotBot.Knowledge;

namespace CopilotBot.Inference;

/// <param name="TokenIds">With CLS and SEP.</param>
/// <param name="Words">Characters of each word that was read.</param>
/// <param name="TagLogProbabilities">[word][tag]; of the word alone, without transitions.</param>
internal sealed record TaggerReading(IReadOnlyList<int> TokenIds, IReadOnlyList<TextSpan> Words, double[] IntentLogProbabilities, double[][] TagLogProbabilities)
{
    /// <summary>As <see cref="TaggedText.InScope"/>.</summary>
    public double InScope { get; init; } = 1;
}
