using CopilotBot.Knowledge;

namespace CopilotBot.Sync.Live;

/// <summary>Where the loops of a live source stand.</summary>
/// <param name="Watermark">Changes up to this moment of the source's clock have been noticed; null before the first listing.</param>
/// <param name="ChangesAt">Start of the last look for changes that came to its end.</param>
/// <param name="AccessAt">Start of the last complete reading of who may read what.</param>
/// <param name="ReconciledAt">Start of the last listing of every scope that came to its end.</param>
/// <param name="FullSince">Start of the last full re-read: items read before are read again.</param>
/// <param name="SuspendedUntil">The source asked to be left alone until then.</param>
public sealed record LiveState(
    SourceName Source, DateTimeOffset? Watermark = null, DateTimeOffset? ChangesAt = null, DateTimeOffset? AccessAt = null, DateTimeOffset? ReconciledAt = null,
    DateTimeOffset? FullSince = null, DateTimeOffset? SuspendedUntil = null)
{
    public IReadOnlyList<ScopeState> Scopes { get; init; } = [];

    /// <summary>By step, one sentence about what keeps the source as a whole from being up to date.</summary>
    public IReadOnlyDictionary<string, string> Errors { get; init; } = new Dictionary<string, string>();

    /// <summary>One sentence each on what the credential may not do.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>Where one space, project or repository stands.</summary>
/// <param name="Listed">Items that the last complete listing named.</param>
/// <param name="ListedAt">Start of that listing: the last full proof.</param>
/// <param name="Problem">One sentence about what keeps it from being read, or null.</param>
public sealed record ScopeState(string Id, string Key, string Title, int? Listed, DateTimeOffset? ListedAt, string? Problem);
