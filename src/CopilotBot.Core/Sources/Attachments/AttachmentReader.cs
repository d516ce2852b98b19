using System.Text.Json;
using System.Xml;
using DocumentFormat.OpenXml.Packaging;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Exceptions;

namespace CopilotBot.Sources.Attachments;

/// <summary>
/// Text of one file, from nothing but its bytes. It trusts the file with this process: for files of somebody else it runs in a process of its own, which is
/// also what bounds time and memory.
/// </summary>
public static class AttachmentReader
{
    public static AttachmentText Read(string fileName, string mediaType, byte[] content, AttachmentOptions limits)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(limits);
        try
        {
            var text = new TextLimit(limits.MaximumCharacters);
            var kind = KindOf(fileName, mediaType, content, limits);
            Write(text, kind, content);
            var body = text.Builder.Build();
            return body.Text.Length == 0 ? Not(fileName, Empty(kind)) : new AttachmentText(body, text.IsReached ? Reasons.For(fileName, Reasons.Cut(limits)) : null);
        }
        catch (UnreadableFileException exception)
        {
            return Not(fileName, exception.Message);
        }
        catch (PdfDocumentEncryptedException)
        {
            return Not(fileName, Reasons.Locked);
        }
        catch (OutOfMemoryException)
        {
            return Not(fileName, Reasons.TooMuchMemory(limits));
        }
        catch (Exception exception) when (IsDamage(exception))
        {
            return Not(fileName, Reasons.Damaged);
        }
    }

    private static AttachmentText Not(string fileName, string reason) => new(null, Reasons.For(fileName, reason));

    /// <summary>What the parsers throw at a broken file; they promise no closed set.</summary>
    private static bool IsDamage(Exception exception) => exception is InvalidDataException or IOException or XmlException or JsonException or OpenXmlPackageException
        or PdfDocumentFormatException or FormatException or InvalidOperationException or ArgumentException or InvalidCastException or NotSupportedException
        or NullReferenceException or IndexOutOfRangeException or KeyNotFoundException or ArithmeticException or UriFormatException;

    private static string Empty(AttachmentKind kind) => kind == AttachmentKind.Pdf ? "is a PDF without text (scanned?): only text can be indexed." : "has no text.";

    private static AttachmentKind KindOf(string fileName, string mediaType, byte[] content, AttachmentOptions limits)
    {
        if (content.Length > limits.MaximumMegabytes * 1024L * 1024)
        {
            throw new UnreadableFileException(Reasons.TooLarge(limits));
        }

        var named = AttachmentKinds.ByName(fileName, mediaType);
        var kind = AttachmentKinds.ByContent(content) ?? (AttachmentKinds.IsZip(content) ? InZip(content) : named);
        return kind switch
        {
            AttachmentKind.None => throw new UnreadableFileException("is not a kind of file that is read (PDF, DOCX, XLSX, PPTX, text, Markdown, CSV, JSON, HTML, log)."),
            AttachmentKind.Pdf or AttachmentKind.Word or AttachmentKind.Excel or AttachmentKind.PowerPoint when content.Length == 0 || IsText(content, kind) =>
                throw new UnreadableFileException(Reasons.Damaged),
            _ => kind,
        };
    }

    /// <summary>The name says that it is an archive or a PDF, and the content does not.</summary>
    private static bool IsText(byte[] content, AttachmentKind kind) =>
        kind == AttachmentKind.Pdf ? AttachmentKinds.ByContent(content) is null : !AttachmentKinds.IsZip(content);

    private static AttachmentKind InZip(byte[] content)
    {
        var entries = ZipExpansion.Check(content);
        return entries.Contains("word/document.xml") ? AttachmentKind.Word
            : entries.Contains("xl/workbook.xml") ? AttachmentKind.Excel
            : entries.Contains("ppt/presentation.xml") ? AttachmentKind.PowerPoint
            : AttachmentKind.None;
    }

    private static void Write(TextLimit text, AttachmentKind kind, byte[] content)
    {
        switch (kind)
        {
            case AttachmentKind.Pdf:
                PdfReader.Write(text, content);
                break;
            case AttachmentKind.Word:
                WordReader.Write(text, content);
                break;
            case AttachmentKind.Excel:
                ExcelReader.Write(text, content);
                break;
            case AttachmentKind.PowerPoint:
                PowerPointReader.Write(text, content);
                break;
            default:
                PlainFileReader.Write(text, kind, content);
                break;
        }
    }
}
