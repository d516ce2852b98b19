using CopilotBot.Knowledge;
using CopilotBot.Sources;

namespace CopilotBot.Sync.Live;

/// <summary>Where one item stands: a row of the ledger.</summary>
/// <param name="Scope">Id of its <see cref="SourceScope"/>.</param>
/// <param name="Version">That was read last, or null.</param>
/// <param name="Due">When it is to be read, or null.</param>
/// <param name="IsUrgent">Something happened to it; else it only waits its turn in a long listing.</param>
/// <param name="Attempts">Readings in a row that failed.</param>
/// <param name="Reason">Why it is skipped, hidden or failing: one sentence, or empty.</param>
/// <param name="ReadAt">Start of the last reading that succeeded.</param>
/// <param name="HiddenAt">When it became a tombstone.</param>
/// <param name="PurgeAt">When what is indexed of a tombstone goes.</param>
/// <param name="FoundAt">When it was first heard of.</param>
/// <param name="ChangedAt">Of the change that makes it due, by the source's clock; null where it is not known.</param>
/// <param name="MissedAt">Start of a listing that did not name it although it was known; null when the last one did.</param>
/// <param name="Parts">Comments and attachments that are not indexed, and why.</param>
public sealed record ItemRecord(
    DocumentId Id, string Scope, ItemState State, string? Version = null, DateTimeOffset? Due = null, bool IsUrgent = false, int Attempts = 0, string Reason = "",
    DateTimeOffset? ReadAt = null, DateTimeOffset? HiddenAt = null, DateTimeOffset? PurgeAt = null, DateTimeOffset? FoundAt = null,
    DateTimeOffset? ChangedAt = null, DateTimeOffset? MissedAt = null, IReadOnlyList<PartIssue>? Parts = null)
{
    public bool IsFailing => Attempts > 0;
}
