namespace CopilotBot.Sources;

/// <summary>Opaque position in a source's changes; only the source that made it reads it.</summary>
public readonly record struct SyncCursor(string Value);
