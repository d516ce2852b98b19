using System.Globalization;
using System.Text.RegularExpressions;
using CopilotBot.Channels.Rendering;

namespace CopilotBot.Channels.Teams.Rendering;

/// <summary>
/// Writes plain words so that Teams, in messages and in text blocks of cards, shows exactly these words: nothing becomes a link, a mention, an image, a heading, a list or a
/// date function of a card. Angle brackets and ampersands become entities, the rest gets a backslash. Only the markers [n] of known sources stay what they are: Teams looks for
/// them in the text.
/// </summary>
internal static partial class TeamsMarkdown
{
    private static readonly HashSet<int> None = [];

    public static string Escape(string line) => Escape(line, None);

    /// <param name="line">Without line breaks.</param>
    public static string Escape(string line, IReadOnlySet<int> sources) => string.Concat(Pieces(line, sources).Select(piece => piece.Markdown));

    public static IEnumerable<MarkdownPiece> Pieces(string line, IReadOnlySet<int> sources)
    {
        var markers = Marker().Matches(line).Where(match => sources.Contains(Number(match))).ToDictionary(match => match.Index, match => match.Length);
        var numbering = Numbering().Match(line) is { Success: true } numbered ? numbered.Index + numbered.Length - 1 : -1;
        var (begins, followsMarker) = (true, false);
        for (var at = 0; at < line.Length;)
        {
            var isMarker = markers.TryGetValue(at, out var length);
            length = isMarker ? length : char.IsHighSurrogate(line[at]) && at + 1 < line.Length ? 2 : 1;
            var escaped = !isMarker && (IsAlways(line[at]) || at == numbering || (begins && line[at] is '#' or '-' or '+' or '=') || (followsMarker && line[at] is '(' or ':') || MakesAddress(line, at));
            yield return new MarkdownPiece(at, length, Entity(line[at]) ?? string.Concat(escaped ? "\\" : "", line.AsSpan(at, length)), isMarker);

            // A marker may be taken out later: what follows it at the start of a line then begins the line.
            begins &= isMarker || line[at] == ' ';
            followsMarker = isMarker || (followsMarker && line[at] == ' ');
            at += length;
        }
    }

    /// <summary>Title as Markdown, linked where the address may be.</summary>
    public static string Link(string title, string url)
    {
        var words = Escape(PlainText.Title(title));
        return SafeLink.Parse(url) is { } target ? $"[{words}]({target})" : words;
    }

    /// <summary>The numbers of the markers in text that <see cref="Escape(string, IReadOnlySet{int})"/> wrote, each once, in order.</summary>
    public static IReadOnlyList<int> Positions(string markdown) => [.. Marker().Matches(markdown).Select(Number).Distinct()];

    public static string RemoveMarkers(string markdown, IReadOnlySet<int> sources) =>
        SpacedMarker().Replace(markdown, match => sources.Contains(Number(match)) ? "" : match.Value);

    private static int Number(Match marker) => int.Parse(marker.Groups[1].ValueSpan, CultureInfo.InvariantCulture);

    private static bool IsAlways(char letter) => letter is '\\' or '`' or '*' or '_' or '[' or ']' or '{' or '}' or '~' or '|' or '@' or '^' or '$';

    /// <summary>The character without which "![", "https://" and "www." are no image and no address that a client links by itself.</summary>
    private static bool MakesAddress(string line, int at) => line[at] switch
    {
        '!' => at + 1 < line.Length && line[at + 1] == '[',
        ':' => string.CompareOrdinal(line, at, "://", 0, 3) == 0,
        '.' => at >= 3 && string.Compare(line, at - 3, "www", 0, 3, StringComparison.OrdinalIgnoreCase) == 0,
        _ => false,
    };

    private static string? Entity(char letter) => letter switch { '&' => "&amp;", '<' => "&lt;", '>' => "&gt;", _ => null };

    [GeneratedRegex(@"\[([0-9]{1,3})\]")]
    private static partial Regex Marker();

    [GeneratedRegex(@" ?\[([0-9]{1,3})\]")]
    private static partial Regex SpacedMarker();

    [GeneratedRegex(@"^(?:\[[0-9]{1,3}\]| )*[0-9]{1,9}[.)](?= |$)")]
    private static partial Regex Numbering();
}
