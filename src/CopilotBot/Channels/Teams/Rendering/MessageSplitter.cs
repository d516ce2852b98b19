namespace CopilotBot.Channels.Teams.Rendering;

/// <summary>
/// Puts the lines of an answer into as few messages as they need. A line is cut only when it fills a message alone: after a sentence, else at a space, else anywhere but inside a
/// surrogate pair, an escape or a marker. Each part of a line is escaped anew, so that what happens to begin a message is no heading or list either.
/// </summary>
internal static class MessageSplitter
{
    /// <summary>UTF-16 units of one message: Teams counts some 50,000 with everything that belongs to it (facts 2.6).</summary>
    public const int MaximumLength = 25_000;

    public static IReadOnlyList<string> Split(IReadOnlyList<AnswerLine> lines, IReadOnlySet<int> sources, int maximum = MaximumLength)
    {
        var messages = new List<string>();
        AnswerLine? before = null;
        foreach (var line in lines)
        {
            foreach (var part in Fit(line, sources, maximum))
            {
                var gap = before is { IsItem: true } && line.IsItem ? "\n" : "\n\n";
                if (messages.Count > 0 && messages[^1].Length + gap.Length + part.Length <= maximum)
                {
                    messages[^1] += gap + part;
                }
                else
                {
                    messages.Add(part);
                }

                before = line;
            }
        }

        return messages;
    }

    private static IEnumerable<string> Fit(AnswerLine line, IReadOnlySet<int> sources, int maximum)
    {
        var (prefix, rest) = (line.Prefix, line.Text);
        while (TeamsMarkdown.Escape(rest, sources) is var whole && prefix.Length + whole.Length > maximum)
        {
            var cut = FindCut(rest, sources, maximum - prefix.Length);
            yield return prefix + TeamsMarkdown.Escape(rest[..cut].TrimEnd(), sources);
            (prefix, rest) = ("", rest[cut..].TrimStart());
        }

        yield return prefix + TeamsMarkdown.Escape(rest, sources);
    }

    /// <summary>Characters of the line whose Markdown fits.</summary>
    private static int FindCut(string line, IReadOnlySet<int> sources, int maximum)
    {
        var (used, fits, sentence, space) = (0, 0, 0, 0);
        var ended = false;
        foreach (var piece in TeamsMarkdown.Pieces(line, sources))
        {
            used += piece.Markdown.Length;
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
