using System.Text.RegularExpressions;
using CopilotBot.Knowledge;

namespace CopilotBot.Indexing;

/// <summary>Cuts prose into sentences: a full stop, question or exclamation mark, then white space, then something that can begin a sentence.</summary>
public static partial class SentenceSplitter
{
    /// <summary>Spans of the sentences of <paramref name="text"/> inside <paramref name="range"/>, trimmed, in order. Line feeds end a sentence too.</summary>
    public static IReadOnlyList<TextSpan> Split(string text, TextSpan range)
    {
        ArgumentNullException.ThrowIfNull(text);
        var sentences = new List<TextSpan>();
        var start = range.Start;
        for (var i = range.Start; i < range.End; i++)
        {
            var end = text[i] == '\n' ? i : EndAt(text, i, start, range.End);
            if (end < 0)
            {
                continue;
            }

            Add(sentences, text, start, end);
            start = end;
            i = Math.Max(i, end - 1);
        }

        Add(sentences, text, start, range.End);
        return sentences;
    }

    /// <summary>End of the sentence whose closing mark stands at <paramref name="mark"/>, or -1 when none ends there.</summary>
    private static int EndAt(string text, int mark, int start, int limit)
    {
        if (text[mark] is not ('.' or '!' or '?'))
        {
            return -1;
        }

        var end = mark + 1;
        while (end < limit && text[end] is '.' or '!' or '?' or '"' or '\'' or ')' or ']' or '\u201d' or '\u2019')
        {
            end++;
        }

        if (end >= limit || !char.IsWhiteSpace(text[end]))
        {
            return -1;
        }

        var next = end;
        while (next < limit && char.IsWhiteSpace(text[next]))
        {
            next++;
        }

        if (next < limit && char.IsLower(text[next]))
        {
            return -1;
        }

        return text[mark] == '.' && Abbreviation().IsMatch(text.AsSpan(start, mark + 1 - start)) ? -1 : end;
    }

    private static void Add(List<TextSpan> sentences, string text, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        while (end > start && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        if (end > start)
        {
            sentences.Add(new TextSpan(start, end - start));
        }
    }

    [GeneratedRegex(@"(?:^|[\s(])(?:e\.g|i\.e|etc|vs|cf|approx|incl|no|nos|mr|mrs|ms|dr|prof|st|fig|sec|ext|tel|max|min|dept|inc|ltd|co|jr|sr|\p{L})\.$|(?:^|[\s(])\d{1,2}\.$|\p{Lu}\.\p{Lu}\.$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Abbreviation();
}
