using System.Text.RegularExpressions;
using CopilotBot.Knowledge;

namespace CopilotBot.Inference;

/// <summary>The words that a tagger labels: \w+|[^\w\s] of its model card, over whole code points.</summary>
internal static partial class TaggerWords
{
    public static IEnumerable<TextSpan> Split(string text) => Word().Matches(text).Select(word => new TextSpan(word.Index, word.Length));

    [GeneratedRegex(@"\w+|[\uD800-\uDBFF][\uDC00-\uDFFF]|[^\w\s]")]
    private static partial Regex Word();
}
