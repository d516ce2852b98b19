using CopilotBot.Knowledge;
using CopilotBot.Sources;

namespace CopilotBot.Sync;

/// <summary>A connected source.</summary>
/// <param name="Type">"files", or the type of a live source.</param>
/// <param name="Path">Absolute path of the folder, or "demo:" for the knowledge that ships, wherever the executable lies; empty for a live source.</param>
/// <param name="Readers">Who reads documents that name no readers of their own.</param>
/// <param name="BaseUrl">In front of the documents' relative URLs, or null.</param>
public sealed record SourceRegistration(SourceName Name, string Type, string Path, IReadOnlyList<Principal> Readers, string? BaseUrl)
{
    /// <summary>Of a live source; null for a folder.</summary>
    public SourceConnection? Connection { get; init; }

    public bool IsLive => Connection is not null;
}
