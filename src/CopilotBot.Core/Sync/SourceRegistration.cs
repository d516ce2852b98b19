using CopilotBot.Knowledge;

namespace CopilotBot.Sync;

/// <summary>A connected source.</summary>
/// <param name="Type">"files".</param>
/// <param name="Path">Absolute path of the folder, or "demo:" for the knowledge that ships, wherever the executable lies.</param>
/// <param name="Readers">Who reads documents that name no readers of their own.</param>
/// <param name="BaseUrl">In front of the documents' relative URLs, or null.</param>
public sealed record SourceRegistration(SourceName Name, string Type, string Path, IReadOnlyList<Principal> Readers, string? BaseUrl);
