using System.Text.RegularExpressions;
using CopilotBot.Channels.Rendering;

namespace CopilotBot.Channels.Slack.Rendering;

/// <summary>
/// Writes plain words so that Slack's standard Markdown shows exactly these words. Ampersands and angle brackets become entities always: that is what keeps mentions and
/// broadcasts of documents and models inert (facts/slack.md §3). Everything else gets a backslash only where it could act, since nobody documents that Slack takes one: an underscore
/// inside a name, a lone asterisk and the markers [n] stay as they are.
/// </summary>
internal static partial class SlackMarkdown
{
    /// <param name="line">Without line breaks, as <see cref="PlainText.OneLine"/> gives them.</param>
    public static string Escape(string line) => string.Concat(Pieces(line).Select(piece => piece.Markdown));

    public static IEnumerable<MarkdownPiece> Pieces(string line)
    {
        var acting = FindActing(line);
        foreach (var match in Beginning().Match(line).Groups["acts"].Captures.Cast<Capture>())
        {
            acting.AsSpan(match.Index, match.Length).Fill(true);
        }

        return Write(line, acting);
    }

    /// <summary>The words in italics; they must not be empty.</summary>
    public static string Italic(string line)
    {
        var acting = FindActing(line);
        for (var at = 0; at < line.Length; at++)
        {
            acting[at] |= line[at] is '*' or '\\';
        }

        return $"*{string.Concat(Write(line, acting).Select(piece => piece.Markdown))}*";
    }

    /// <summary>The words that <see cref="Escape"/> wrote as this Markdown.</summary>
    public static string Plain(string markdown) => Escaped().Replace(markdown, match => match.Value switch
    {
        "&amp;" => "&",
        "&lt;" => "<",
        "&gt;" => ">",
        var escaped => escaped[1..],
    });

    private static IEnumerable<MarkdownPiece> Write(string line, bool[] acting)
    {
        for (var at = 0; at < line.Length;)
        {
            var marker = acting[at] || line[at] != '[' ? 0 : Marker().Match(line, at).Length;
            var length = marker > 0 ? marker : char.IsSurrogatePair(line, at) ? 2 : 1;
            yield return new MarkdownPiece(at, length, Entity(line[at]) ?? string.Concat(acting[at] ? "\\" : "", line.AsSpan(at, length)), marker > 0);
            at += length;
        }
    }

    /// <summary>Tells of each character whether it would do more than stand there, wherever in a text the line is. Nothing spans two lines: each is a block of its own.</summary>
    private static bool[] FindActing(string line)
    {
        var acting = new bool[line.Length];
        foreach (var runs in Run().Matches(line).GroupBy(run => run.Value[0]))
        {
            var marks = runs.Select(run => (Run: run, Opens: CanOpen(line, run), Closes: CanClose(line, run))).ToList();
            var (first, last) = (marks.FindIndex(mark => mark.Opens), marks.FindLastIndex(mark => mark.Closes));
            foreach (var (index, (run, opens, closes)) in marks.Index())
            {
                if ((opens && index < last) || (closes && first >= 0 && first < index))
                {
                    acting.AsSpan(run.Index, run.Length).Fill(true);
                }
            }
        }

        for (var at = 0; at < line.Length; at++)
        {
            acting[at] |= line[at] switch
            {
                '\\' => at + 1 == line.Length || (char.IsAscii(line[at + 1]) && (char.IsPunctuation(line[at + 1]) || char.IsSymbol(line[at + 1]))),
                '(' => at > 0 && line[at - 1] == ']',
                ':' => at > 0 && line[at - 1] == ']' && line[0] == '[',
                _ => false,
            };
        }

        return acting;
    }

    // Wider than CommonMark's rules, in case Slack's reader is: only white space beside a mark, and letters beside an underscore, keep it from acting.
    private static bool CanOpen(string line, Match run) =>
        run.Value[0] == '`' || (Next(line, run) != ' ' && (run.Value[0] != '_' || run.Index == 0 || !char.IsLetterOrDigit(line[run.Index - 1])));

    private static bool CanClose(string line, Match run) =>
        run.Value[0] == '`' || (run.Index > 0 && line[run.Index - 1] != ' ' && (run.Value[0] != '_' || !char.IsLetterOrDigit(Next(line, run))));

    private static char Next(string line, Match run) => run.Index + run.Length < line.Length ? line[run.Index + run.Length] : ' ';

    private static string? Entity(char letter) => letter switch { '&' => "&amp;", '<' => "&lt;", '>' => "&gt;", _ => null };

    /// <summary>A marker is one piece, so that no message ends within it.</summary>
    [GeneratedRegex(@"\G\[[0-9]{1,3}\]")]
    private static partial Regex Marker();

    [GeneratedRegex(@"([*_~`])\1*")]
    private static partial Regex Run();

    /// <summary>What begins a heading, a list item, a rule, a fence or a task.</summary>
    [GeneratedRegex(@"^(?:(?<acts>#)#{0,5}(?= |$)|(?<acts>[-+*])(?= |$)|(?<acts>[-*_])(?: ?[-*_]){2,}$|(?<acts>`{3,}|~{3,})|[0-9]{1,9}(?<acts>[.)])(?= |$)|(?<acts>\[)[ xX]\](?= |$))")]
    private static partial Regex Beginning();

    [GeneratedRegex(@"\\[!-/:-@\[-`{-~]|&(?:amp|lt|gt);")]
    private static partial Regex Escaped();
}
