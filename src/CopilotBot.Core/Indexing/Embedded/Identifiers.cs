using System.Buffers;
using System.Text.RegularExpressions;

namespace CopilotBot.Indexing.Embedded;

/// <summary>
/// Finds what people look up by its exact spelling: error codes, versions, addresses, host names, e-mail addresses, paths, ticket keys,
/// phone numbers. They are kept whole and in lower case; a phone number is its digits.
/// </summary>
internal static partial class Identifiers
{
    private const int MaxLength = 200;
    private static readonly SearchValues<char> Joints = SearchValues.Create("._@/\\:=#+");
    private static readonly char[] Edges = [.. ".,;:!?'*_-=&#"];

    /// <summary>Each identifier once, in the order in which they first stand in the text.</summary>
    public static List<string> Of(string text)
    {
        var found = new List<string>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (Match match in PhoneNumber().Matches(text))
        {
            Add(Digits(match.ValueSpan));
        }

        foreach (Match match in Candidate().Matches(text))
        {
            AddWhole(match.Value);
        }

        return found;

        void AddWhole(string candidate)
        {
            var scheme = candidate.IndexOf("://", StringComparison.Ordinal);
            var whole = (scheme < 0 ? candidate : candidate[(scheme + 3)..]).TrimEnd('/', '\\').Trim(Edges);
            if (IsIdentifier(whole))
            {
                Add(whole);
                var parts = whole.Split(['/', '\\', ':', '='], StringSplitOptions.RemoveEmptyEntries);
                foreach (var part in parts.Length > 1 ? parts : [])
                {
                    var trimmed = part.Trim(Edges);
                    if (IsIdentifier(trimmed))
                    {
                        Add(trimmed);
                    }
                }
            }
        }

        void Add(string identifier)
        {
            var lower = identifier.ToLowerInvariant();
            if (lower.Length is > 1 and <= MaxLength && known.Add(lower))
            {
                found.Add(lower);
            }
        }
    }

    /// <summary>A letter or digit, and something that a plain word or number does not have.</summary>
    private static bool IsIdentifier(string text)
    {
        var letters = text.Any(char.IsLetter);
        var digits = text.Any(char.IsAsciiDigit);
        var joined = text.AsSpan().ContainsAny(Joints) || (digits && text.Contains('-', StringComparison.Ordinal));
        return (letters && digits) || ((letters || digits) && joined);
    }

    private static string Digits(ReadOnlySpan<char> text)
    {
        var digits = new char[text.Length];
        var count = 0;
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c))
            {
                digits[count++] = c;
            }
        }

        return new string(digits, 0, count);
    }

    [GeneratedRegex("""[^\s"'<>()\[\]{},;|`“”‘’«»…—–]{2,}""")]
    private static partial Regex Candidate();

    // Seven digits or more with the separators of phone numbers between them, alone in their surroundings.
    [GeneratedRegex("""(?<![\w.@/\\:-])(?:\+|00)?\(?\d(?:[ ().\-/]{0,2}\d){6,14}(?![\w@/\\]|[.:-]\w)""")]
    private static partial Regex PhoneNumber();
}
