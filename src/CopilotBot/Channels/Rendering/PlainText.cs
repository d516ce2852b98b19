using System.Text;

namespace CopilotBot.Channels.Rendering;

/// <summary>Words of documents, models and people as one line that looks like what it is.</summary>
internal static class PlainText
{
    private const int LongestTitle = 200;

    /// <summary>White space becomes single spaces; control characters, direction marks and halves of surrogate pairs vanish or become U+FFFD.</summary>
    public static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                line.Append(line.Length > 0 && line[^1] != ' ' ? " " : "");
            }
            else if (!Rune.IsControl(rune) && !IsDirection(rune))
            {
                line.Append(rune.ToString());
            }
        }

        return line.ToString().TrimEnd();
    }

    /// <summary>What a source is called, also when it has no name.</summary>
    public static string Title(string text) => Clip(text, LongestTitle) is { Length: > 0 } title ? title : "Untitled";

    /// <summary>One line of at most so many UTF-16 units, cut between words where there are any, never inside a surrogate pair.</summary>
    public static string Clip(string text, int limit)
    {
        var line = OneLine(text);
        if (line.Length <= limit)
        {
            return line;
        }

        var cut = limit - 1;
        if (char.IsLowSurrogate(line[cut]))
        {
            cut--;
        }

        var space = line.LastIndexOf(' ', cut);
        return line[..(space > limit / 2 ? space : cut)].TrimEnd(' ', ',', ';', ':') + "…";
    }

    // A right-to-left override shows "gpj.exe" as "exe.jpg".
    private static bool IsDirection(Rune rune) => rune.Value is 0x61C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0xFEFF;
}
