using System.Text.RegularExpressions;

namespace CopilotBot.Knowledge;

/// <summary>
/// What other texts call a document: its title or key in lower case, words and numbers only, or its id. Texts that name a document lead retrieval from one
/// passage to the next.
/// </summary>
public static partial class DocumentName
{
    /// <summary>Longer titles do not stand in other texts.</summary>
    public const int MaximumWords = 8;

    /// <summary>Shorter ones stand in too many.</summary>
    private const int MinimumCharacters = 4;

    /// <summary>All names of the document of a chunk.</summary>
    public static IReadOnlyList<string> Of(Chunk chunk)
    {
        ArgumentNullException.ThrowIfNull(chunk);
        return [chunk.DocumentId.Value, .. ((string?[])[Normalise(chunk.Title), Normalise(chunk.Key)]).OfType<string>()];
    }

    /// <summary>The text as a name, a bracketed part at its end left out; null when it is too short or too long for one.</summary>
    public static string? Normalise(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = Words(Bracketed().Replace(text, ""));
        return words.Count is > 0 and <= MaximumWords && words.Sum(word => word.Length) >= MinimumCharacters ? string.Join(' ', words) : null;
    }

    /// <summary>The words that names are made of, in text order.</summary>
    public static IReadOnlyList<string> Words(string text) => [.. Word().Matches(text).Select(match => match.Value.ToLowerInvariant())];

    /// <summary>The name of what a link of the document leads to (see <see cref="TextLink"/>), or null when it leads out of the source.</summary>
    public static string? OfLink(DocumentId from, string target)
    {
        ArgumentNullException.ThrowIfNull(target);
        var (kind, rest) = target.IndexOf(':', StringComparison.Ordinal) is var colon && colon > 0 ? (target[..colon], target[(colon + 1)..]) : ("", target);
        return kind switch
        {
            "page-id" => DocumentId.Create(from.Source, "page", rest).Value,
            "page" => Normalise(rest[(rest.IndexOf(':', StringComparison.Ordinal) + 1)..]),
            "issue" => Normalise(rest),
            "" => OfPath(from, rest),
            _ => null,
        };
    }

    /// <summary>A path beside the document's own, as files link to each other.</summary>
    private static string? OfPath(DocumentId from, string target)
    {
        var path = target.Split('#', '?')[0];
        var ownId = from.Value.Split(':', 3);
        if (path.Length == 0 || ownId.Length < 3)
        {
            return null;
        }

        var parts = path.StartsWith('/') ? [] : ownId[2].Split('/')[..^1].ToList();
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != "."))
        {
            if (part != "..")
            {
                parts.Add(Uri.UnescapeDataString(part));
            }
            else if (parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
        }

        return $"{ownId[0]}:{ownId[1]}:{string.Join('/', parts)}";
    }

    [GeneratedRegex(@"[\p{L}\p{N}]+")]
    private static partial Regex Word();

    [GeneratedRegex(@"\s*[(\[][^)\]]*[)\]]\s*$")]
    private static partial Regex Bracketed();
}
