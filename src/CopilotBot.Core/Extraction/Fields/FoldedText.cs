using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace CopilotBot.Extraction.Fields;

/// <summary>Texts made alike before they are compared.</summary>
public static partial class FoldedText
{
    /// <summary>Lower case without accents, articles and possessives; runs of anything but letters, digits and the signs in versions and codes are one space.</summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = Separator().Split(WithoutAccents(text).ToLowerInvariant()).Select(word => word.Trim('.', '-', ':', '/', '\\', '#', '+')).Where(word => word.Length > 0).ToList();
        while (words.Count > 1 && words[0] is "the" or "a" or "an" or "our" or "my" or "your" or "this" or "that")
        {
            words.RemoveAt(0);
        }

        return string.Join(' ', words);
    }

    private static string WithoutAccents(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var character in text.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(character) != UnicodeCategory.NonSpacingMark)
            {
                plain.Append(character);
            }
        }

        return plain.ToString().Normalize(NormalizationForm.FormC);
    }

    [GeneratedRegex(@"[^\p{L}\p{N}._\-:/\\#+]+")]
    private static partial Regex Separator();
}
