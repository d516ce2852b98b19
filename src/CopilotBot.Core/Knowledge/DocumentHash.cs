using System.Security.Cryptography;
using System.Text;

namespace CopilotBot.Knowledge;

/// <summary>Content hash of a document: equal hashes mean that nothing has to be chunked or embedded again.</summary>
public static class DocumentHash
{
    /// <summary>Version of converters and chunker; raising it re-indexes deliberately.</summary>
    private const string ParserVersion = "2";

    public static string Of(Document document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var headings = document.Body.Blocks.OfType<TextBlock.Heading>().Select(heading => $"{heading.Level}{heading.Anchor}");
        var links = document.Body.Links.Select(link => $"{link.Span.Start}{link.Target}");
        var canonical = $"{ParserVersion}\n{document.Title}\n{document.Key}\n{string.Join(',', document.Labels)}\n{string.Join(',', headings)}\n{string.Join(',', links)}\n{document.Body.Text}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
    }
}
