using System.Globalization;
using System.Text.RegularExpressions;

namespace CopilotBot.Pages;

/// <summary>Splits the plain text of an answer into lines, words and markers. Nothing in the text can become a link but a known [n].</summary>
internal static partial class AnswerMarkup
{
    public static IReadOnlyList<AnswerBlock> Parse(string text, IEnumerable<int> sources)
    {
        var known = sources.ToHashSet();
        var blocks = new List<AnswerBlock>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var isItem = line.StartsWith("- ", StringComparison.Ordinal) || line.StartsWith("• ", StringComparison.Ordinal);
            var parts = ParseLine(isItem ? line[2..] : line, known);
            if (isItem && blocks is [.., { IsList: true } list])
            {
                blocks[^1] = list with { Lines = [.. list.Lines, parts] };
            }
            else
            {
                blocks.Add(new AnswerBlock(isItem, [parts]));
            }
        }

        return blocks;
    }

    private static List<AnswerPart> ParseLine(string words, HashSet<int> known)
    {
        var parts = new List<AnswerPart>();
        var at = 0;
        foreach (var marker in Marker().EnumerateMatches(words))
        {
            var number = int.Parse(words.AsSpan(marker.Index + 1, marker.Length - 2), CultureInfo.InvariantCulture);
            if (known.Contains(number))
            {
                // The marker stays on the line of the word before it.
                parts.Add(new AnswerPart(words[at..marker.Index].TrimEnd() + "\u00a0", null));
                parts.Add(new AnswerPart("", number));
                at = marker.Index + marker.Length;
            }
        }

        parts.Add(new AnswerPart(words[at..], null));
        return [.. parts.Where(part => part.Source is not null || part.Text.Length > 0)];
    }

    [GeneratedRegex(@"\[[0-9]{1,3}\]")]
    private static partial Regex Marker();
}
