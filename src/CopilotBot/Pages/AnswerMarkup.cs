using System.Globalization;
using System.Text.RegularExpressions;

namespace CopilotBot.Pages;

/// <summary>Splits the plain text of an answer into lines, words and markers. Nothing in the text can become a link but a known [n].</summary>
internal static partial class AnswerMarkup
{
    public static IReadOnlyList<AnswerBlock> Parse(string text, IEnumerable<int> sources)
    {
        var known = sources.ToHashSet();
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => ParseLine(line, known))];
    }

    private static AnswerBlock ParseLine(string line, HashSet<int> known)
    {
        var isItem = line.StartsWith("- ", StringComparison.Ordinal) || line.StartsWith("• ", StringComparison.Ordinal);
        var words = isItem ? line[2..] : line;
        var parts = new List<AnswerPart>();
        var at = 0;
        foreach (var marker in Marker().EnumerateMatches(words))
        {
            var number = int.Parse(words.AsSpan(marker.Index + 1, marker.Length - 2), CultureInfo.InvariantCulture);
            if (known.Contains(number))
            {
                parts.Add(new AnswerPart(words[at..marker.Index], null));
                parts.Add(new AnswerPart("", number));
                at = marker.Index + marker.Length;
            }
        }

        parts.Add(new AnswerPart(words[at..], null));
        return new AnswerBlock(isItem, [.. parts.Where(part => part.Source is not null || part.Text.Length > 0)]);
    }

    [GeneratedRegex(@"\[[0-9]{1,3}\]")]
    private static partial Regex Marker();
}
