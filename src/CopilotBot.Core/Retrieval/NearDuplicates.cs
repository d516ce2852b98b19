using CopilotBot.Indexing;

namespace CopilotBot.Retrieval;

/// <summary>Copies of one passage (a page cloned into another space, a template filled twice) that would crowd out other results. Words are taken once of each chunk, and only where vectors are alike.</summary>
public sealed class NearDuplicates
{
    private const float MinimumCosine = 0.96f;

    private const double MinimumOverlap = 0.9;

    private readonly List<(IndexedChunk Chunk, Lazy<HashSet<string>> Words)> _kept = [];

    /// <summary>Keeps the chunk unless it is a copy of one that was kept before.</summary>
    public bool TryKeep(IndexedChunk chunk)
    {
        ArgumentNullException.ThrowIfNull(chunk);
        var words = new Lazy<HashSet<string>>(() => Words(chunk.Chunk.Text));
        if (_kept.Exists(other => Int8Vectors.Cosine(other.Chunk.SentenceVector, chunk.SentenceVector) >= MinimumCosine && Match(other.Words.Value, words.Value)))
        {
            return false;
        }

        _kept.Add((chunk, words));
        return true;
    }

    /// <summary>True when the texts share nine tenths of their words: a changed number or name in a short text keeps both.</summary>
    private static bool Match(HashSet<string> first, HashSet<string> second)
    {
        var shared = first.Count(second.Contains);
        var differing = first.Where(word => !second.Contains(word)).Concat(second.Where(word => !first.Contains(word)));

        // A number that differs is the very fact that somebody asks for.
        return shared >= MinimumOverlap * Math.Max(first.Count, second.Count) && !differing.Any(word => word.Any(char.IsDigit));
    }

    private static HashSet<string> Words(string text) =>
        [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(word => word.Trim('.', ',', ';', ':', '(', ')').ToUpperInvariant())];
}
