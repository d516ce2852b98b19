using CopilotBot.Knowledge;

namespace CopilotBot.Sync;

/// <summary>A document that is not in the index, and why.</summary>
public sealed record SyncIssue(DocumentId Id, string Reason);
