using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CopilotBot.Knowledge;
using CopilotBot.Sources.Confluence;
using CopilotBot.Sources.Files;
using CopilotBot.Sources.Jira;

namespace CopilotBot.Sources.Attachments;

/// <summary>Files that are text already.</summary>
internal static partial class PlainFileReader
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public static void Write(TextLimit text, AttachmentKind kind, byte[] content)
    {
        var plain = text.Fit(Decode(content));
        switch (kind)
        {
            case AttachmentKind.Markdown:
                MarkdownConverter.Write(text.Builder, plain);
                break;
            case AttachmentKind.Html:
                StorageFormatConverter.Write(text.Builder, plain, _ => null);
                break;
            case AttachmentKind.Csv:
                DelimitedText.Write(text, plain);
                break;
            case AttachmentKind.Json:
                WriteJson(text, plain);
                break;
            case AttachmentKind.Log:
                text.Builder.Code(plain, "");
                break;
            default:
                WriteParagraphs(text.Builder, plain);
                break;
        }
    }

    /// <summary>UTF-8, or UTF-16 with a byte order mark; other text is taken for Latin-1, so that a single wrong byte loses no file.</summary>
    private static string Decode(byte[] content)
    {
        var plain = content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) ? Encoding.Unicode.GetString(content.AsSpan(2))
            : content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) ? Encoding.BigEndianUnicode.GetString(content.AsSpan(2))
            : DecodeBytes(content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? content.AsSpan(3) : content);
        return plain.Contains('\0', StringComparison.Ordinal) ? throw new UnreadableFileException(Reasons.Damaged) : plain;
    }

    private static string DecodeBytes(ReadOnlySpan<byte> content)
    {
        try
        {
            return Strict.GetString(content);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(content);
        }
    }

    private static void WriteJson(TextLimit text, string plain)
    {
        if (plain.TrimStart().StartsWith('{') && TryParse(plain) is { } json)
        {
            using (json)
            {
                if (json.RootElement.Text("type") == "doc")
                {
                    AdfConverter.Write(text.Builder, json.RootElement);
                    return;
                }
            }
        }

        text.Builder.Code(plain, "json");
    }

    private static JsonDocument? TryParse(string plain)
    {
        try
        {
            return JsonDocument.Parse(plain, new JsonDocumentOptions { MaxDepth = 256 });
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void WriteParagraphs(StructuredTextBuilder builder, string plain)
    {
        foreach (var paragraph in BlankLine().Split(plain.ReplaceLineEndings("\n")))
        {
            var inline = new InlineText();
            foreach (var line in paragraph.Split('\n'))
            {
                inline.Add(line);
                inline.Break();
            }

            builder.Paragraph(inline);
        }
    }

    [GeneratedRegex(@"\n[ \t]*\n")]
    private static partial Regex BlankLine();
}
