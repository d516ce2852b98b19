namespace CopilotBot.Sources.Attachments;

/// <summary>Ends the reading of a file from deep inside it; never leaves <see cref="AttachmentReader"/>.</summary>
/// <param name="reason">Goes on after the file's name: "is damaged: ...".</param>
internal sealed class UnreadableFileException(string reason) : Exception(reason);
