using System.Text.RegularExpressions;

namespace CopilotBot.Extraction.Words;

/// <summary>What the words of a message say about its intent: single words, pairs, how it and its clauses begin, how it ends, how long it is.</summary>
internal static partial class IntentFeatures
{
    private const int MostWords = 120;

    public static IReadOnlySet<string> Of(string text)
    {
        var words = Word().Matches(text).Take(MostWords).Select(match => match.Value.ToLowerInvariant()).ToList();
        HashSet<string> features = ["_"];
        for (var word = 0; word < words.Count; word++)
        {
            features.Add(words[word]);
            if (word + 1 < words.Count)
            {
                features.Add($"{words[word]} {words[word + 1]}");
            }
        }

        for (var count = 1; count <= 3; count++)
        {
            features.Add("^" + string.Join(' ', words.Take(count)));
        }

        foreach (Match clause in Clause().Matches(text))
        {
            var begin = clause.Groups[1].Value.ToLowerInvariant();
            features.Add("s:" + begin);
            if (clause.Groups[2].Success)
            {
                features.Add($"s:{begin} {clause.Groups[2].Value.ToLowerInvariant()}");
            }
        }

        features.Add("END" + (words is [.., [var last]] && !char.IsLetterOrDigit(last) ? last : "w"));
        features.Add("L" + words.Count switch { < 6 => '0', < 12 => '1', < 25 => '2', < 50 => '3', _ => '4' });
        features.Add(text.Contains('?', StringComparison.Ordinal) ? "q" : "noq");
        return features;
    }

    [GeneratedRegex(@"\w+|[\uD800-\uDBFF][\uDC00-\uDFFF]|[^\w\s]")]
    private static partial Regex Word();

    [GeneratedRegex(@"[.!?\n,:;]\s*(\w+)(?:\s+(\w+))?")]
    private static partial Regex Clause();
}
