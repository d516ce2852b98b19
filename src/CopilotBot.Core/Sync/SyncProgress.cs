using CopilotBot.Knowledge;

namespace CopilotBot.Sync;

/// <summary>Where a running sync stands.</summary>
/// <param name="Expected">Documents that the source announced, or null.</param>
/// <param name="Seen">Documents read so far, unchanged ones included.</param>
/// <param name="Chunks">Chunks embedded so far.</param>
public sealed record SyncProgress(SourceName Source, int? Expected, int Seen, int Chunks);
