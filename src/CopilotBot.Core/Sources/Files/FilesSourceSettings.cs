using CopilotBot.Knowledge;

namespace CopilotBot.Sources.Files;

/// <param name="Path">Folder to read.</param>
/// <param name="Readers">Who reads documents that name no readers of their own.</param>
/// <param name="BaseUrl">In front of the documents' relative URLs, or null.</param>
public sealed record FilesSourceSettings(string Path, IReadOnlyList<Principal> Readers, string? BaseUrl);
