namespace CopilotBot.Sources.Attachments;

/// <summary>Files whose text can be read.</summary>
internal enum AttachmentKind
{
    None,
    Pdf,
    Word,
    Excel,
    PowerPoint,
    PlainText,
    Markdown,
    Csv,
    Json,
    Html,

    /// <summary>Lines that stay lines.</summary>
    Log,
}
