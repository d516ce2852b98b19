namespace CopilotBot.Sources.Attachments;

/// <summary>Tells what a file is: by its first bytes where they tell it, else by its name, and by its media type where the name says nothing.</summary>
internal static class AttachmentKinds
{
    private static readonly byte[] CompoundFile = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    /// <summary>A PDF may begin with other bytes, but not with more than this.</summary>
    private const int PdfSearch = 1024;

    public static AttachmentKind ByName(string fileName, string mediaType) => Path.GetExtension(fileName).ToLowerInvariant() switch
    {
        ".pdf" => AttachmentKind.Pdf,
        ".docx" or ".docm" or ".dotx" => AttachmentKind.Word,
        ".xlsx" or ".xlsm" or ".xltx" => AttachmentKind.Excel,
        ".pptx" or ".pptm" or ".potx" or ".ppsx" => AttachmentKind.PowerPoint,
        ".txt" or ".text" => AttachmentKind.PlainText,
        ".md" or ".markdown" => AttachmentKind.Markdown,
        ".csv" or ".tsv" => AttachmentKind.Csv,
        ".json" or ".jsonl" => AttachmentKind.Json,
        ".html" or ".htm" => AttachmentKind.Html,
        ".log" => AttachmentKind.Log,
        "" => ByMediaType(mediaType.Split(';')[0].Trim().ToLowerInvariant()),
        _ => AttachmentKind.None,
    };

    /// <summary>What the bytes themselves say; null when they say nothing, as text does.</summary>
    /// <exception cref="UnreadableFileException">They say that it cannot be read.</exception>
    public static AttachmentKind? ByContent(byte[] content)
    {
        if (content.AsSpan().StartsWith(CompoundFile))
        {
            var isLocked = content.AsSpan().IndexOf("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"u8) >= 0;
            throw new UnreadableFileException(isLocked ? Reasons.Locked : "is in an old Office format: save it as DOCX, XLSX or PPTX to have it indexed.");
        }

        return content.AsSpan(0, Math.Min(content.Length, PdfSearch)).IndexOf("%PDF-"u8) >= 0 ? AttachmentKind.Pdf : null;
    }

    public static bool IsZip(byte[] content) => content.AsSpan().StartsWith("PK\u0003\u0004"u8);

    private static AttachmentKind ByMediaType(string mediaType) => mediaType switch
    {
        "application/pdf" => AttachmentKind.Pdf,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => AttachmentKind.Word,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => AttachmentKind.Excel,
        "application/vnd.openxmlformats-officedocument.presentationml.presentation" => AttachmentKind.PowerPoint,
        "text/plain" => AttachmentKind.PlainText,
        "text/markdown" => AttachmentKind.Markdown,
        "text/csv" => AttachmentKind.Csv,
        "application/json" => AttachmentKind.Json,
        "text/html" => AttachmentKind.Html,
        _ => AttachmentKind.None,
    };
}
