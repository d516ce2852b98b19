using CopilotBot.Tickets;

namespace CopilotBot.Extraction.Fields;

/// <param name="Confidence">From 0 to 1: 1 the same text, .97 a synonym of the rules, .93 the same when folded, below that how alike words and letters are.</param>
public sealed record ValueMatch(AllowedValue Value, double Confidence);

/// <summary>The allowed value that words mean, or none.</summary>
public static class ValueMatcher
{
    /// <summary>Below it nothing is filled.</summary>
    public const double Line = .6;

    private const double MostOfAlike = .9;

    private const double Ambiguous = .04;

    /// <param name="synonyms">Words that an admin or the language gives for the value of that name; empty for none.</param>
    public static ValueMatch? Find(string words, IReadOnlyList<AllowedValue> allowed, Func<AllowedValue, IEnumerable<string>> synonyms)
    {
        ArgumentNullException.ThrowIfNull(words);
        ArgumentNullException.ThrowIfNull(allowed);
        ArgumentNullException.ThrowIfNull(synonyms);
        var folded = FoldedText.Of(words);
        if (folded.Length == 0)
        {
            return null;
        }

        var matches = allowed.Select(value => new ValueMatch(value, Rate(words, folded, value.Name, synonyms(value)))).OrderByDescending(match => match.Confidence).Take(2).ToList();
        return matches is [{ Confidence: >= Line } best, ..] && (best.Confidence >= MostOfAlike || matches.Count == 1 || best.Confidence - matches[1].Confidence >= Ambiguous) ? best : null;
    }

    private static double Rate(string words, string folded, string name, IEnumerable<string> synonyms)
    {
        if (words == name)
        {
            return 1;
        }

        var other = FoldedText.Of(name);
        if (synonyms.Any(synonym => FoldedText.Of(synonym) == folded))
        {
            return .97;
        }

        return other == folded ? .93 : MostOfAlike * Math.Max(SharedWords(folded, other), SharedLetters(folded, other));
    }

    /// <summary>All words of the shorter in the longer is .85 and more, so that "badge reader" is "Badge reader, gate 4"; one word of a few is little.</summary>
    private static double SharedWords(string one, string other)
    {
        var (first, second) = (one.Split(' ').ToHashSet(), other.Split(' ').ToHashSet());
        var shared = first.Count(second.Contains);
        var (shorter, longer) = (Math.Min(first.Count, second.Count), Math.Max(first.Count, second.Count));
        return shared == shorter && first.Concat(second).Where(first.Intersect(second).Contains).Any(word => word.Length > 2) ? .75 + (.25 * shorter / longer) : (double)shared / (first.Count + second.Count - shared);
    }

    /// <summary>One less the share of letters to change: for misspelt words of four letters and more.</summary>
    private static double SharedLetters(string one, string other) =>
        Math.Min(one.Length, other.Length) < 4 ? 0 : 1 - (1.5 * Distance(one, other) / Math.Max(one.Length, other.Length));

    /// <summary>Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).</summary>
    private static int Distance(string one, string other)
    {
        var rows = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
        {
            rows[i, 0] = i;
        }

        for (var j = 0; j <= other.Length; j++)
        {
            rows[0, j] = j;
        }

        for (var i = 1; i <= one.Length; i++)
        {
            for (var j = 1; j <= other.Length; j++)
            {
                var replaced = rows[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(replaced, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[one.Length, other.Length];
    }
}
