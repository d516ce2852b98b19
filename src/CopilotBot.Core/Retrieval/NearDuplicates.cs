using CopilotBot.Indexing;

namespace CopilotBot.Retrieval;

/// <summary>Copies of one passage (a page cloned into another space, a template filled twice) that would crowd out other results.</summary>
public static class NearDuplicates
{
    private const float MinimumCosine = 0.96f;

    private const double MinimumOverlap = 0.9;

    /// <summary>True when the texts share nine tenths of their words: a changed number or name in a short text keeps both.</summary>
    public static bool Match(IndexedChunk left, IndexedChunk right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        if (Int8Vectors.Cosine(left.SentenceVector, right.SentenceVector) < MinimumCosine)
        {
            return false;
        }

        var (first, second) = (Words(left.Chunk.Text), Words(right.Chunk.Text));
        var shared = first.Count(second.Contains);
        var differing = first.Where(word => !second.Contains(word)).Concat(second.Where(word => !first.Contains(word)));

        // A number that differs is the very fact that somebody asks for.
        return shared >= MinimumOverlap * Math.Max(first.Count, second.Count) && !differing.Any(word => word.Any(char.IsDigit));
    }

    private static HashSet<string> Words(string text) =>
        [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(word => word.Trim('.', ',', ';', ':', '(', ')').ToUpperInvariant())];
}
