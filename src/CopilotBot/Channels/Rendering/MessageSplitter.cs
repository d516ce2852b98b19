namespace CopilotBot.Channels.Rendering;

/// <summary>
/// Puts the lines of an answer into as few messages as they need. A line is cut only when it fills a message alone: after a sentence, else at a space, else anywhere but inside a
/// surrogate pair, an escape or a marker. Each part of a line is escaped anew, so that what happens to begin a message is no heading or list either.
/// </summary>
internal static class MessageSplitter
{
    /// <param name="escape">A plain line in the Markdown of the platform.</param>
    /// <param name="measure">What some Markdown counts for the platform; two parts together count what each counts alone.</param>
    /// <param name="maximum">What one message may count.</param>
    /// <param name="taken">What of that something else in the first message needs.</param>
    public static IReadOnlyList<string> Split(
        IReadOnlyList<AnswerLine> lines, Func<string, IEnumerable<MarkdownPiece>> escape, Func<string, int> measure, int maximum, int taken = 0)
    {
        var messages = new List<string>();
        var used = taken;
        var followsItem = false;
        foreach (var line in lines)
        {
            foreach (var (isItem, part) in Fit(line, escape, measure, maximum, messages.Count == 0 ? taken : 0))
            {
                var gap = followsItem && isItem ? "\n" : "\n\n";
                if (messages.Count > 0 && used + measure(gap) + measure(part) <= maximum)
                {
                    messages[^1] += gap + part;
                    used += measure(gap) + measure(part);
                }
                else
                {
                    used = measure(part) + (messages.Count == 0 ? taken : 0);
                    messages.Add(part);
                }

                followsItem = isItem;
            }
        }

        return messages;
    }

    /// <summary>The line, or its parts: only the first of an item begins as an item does.</summary>
    private static IEnumerable<(bool IsItem, string Markdown)> Fit(
        AnswerLine line, Func<string, IEnumerable<MarkdownPiece>> escape, Func<string, int> measure, int maximum, int taken)
    {
        var (prefix, rest) = (line.Prefix, line.Text);
        while (Write(rest, escape) is var whole && prefix.Length + measure(whole) > maximum - taken)
        {
            var cut = FindCut(rest, escape, measure, maximum - taken - prefix.Length);
            yield return (prefix.Length > 0, prefix + Write(rest[..cut].TrimEnd(), escape));
            (prefix, rest, taken) = ("", rest[cut..].TrimStart(), 0);
        }

        yield return (prefix.Length > 0, prefix + Write(rest, escape));
    }

    private static string Write(string line, Func<string, IEnumerable<MarkdownPiece>> escape) => string.Concat(escape(line).Select(piece => piece.Markdown));

    /// <summary>Characters of the line whose Markdown fits.</summary>
    private static int FindCut(string line, Func<string, IEnumerable<MarkdownPiece>> escape, Func<string, int> measure, int maximum)
    {
        var (used, fits, sentence, space) = (0, 0, 0, 0);
        var ended = false;
        foreach (var piece in escape(line))
        {
            used += measure(piece.Markdown);
            if (used > maximum)
            {
                break;
            }

            fits = piece.End;
            if (line[piece.Start] != ' ')
            {
                ended = piece.IsMarker ? ended : line[piece.Start] is '.' or '!' or '?' or '…';
            }
            else if (piece.End < line.Length && line[piece.End] != '[')
            {
                (space, sentence) = (piece.End, ended ? piece.End : sentence);
            }
        }

        return sentence > fits / 2 ? sentence : space > fits / 2 ? space : fits;
    }
}
