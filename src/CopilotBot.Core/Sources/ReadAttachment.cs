using CopilotBot.Knowledge;

namespace CopilotBot.Sources;

/// <summary>Turns an attached file into text.</summary>
public delegate Task<AttachmentText> ReadAttachment(string fileName, string mediaType, byte[] content, CancellationToken cancellationToken);

/// <summary>Text of a file, or one sentence on why there is none.</summary>
public sealed record AttachmentText(StructuredText? Body, string? Reason);
