namespace CopilotBot.Indexing;

/// <param name="Generation">Number of commits since the index was made.</param>
/// <param name="DocumentsBySource">Documents by source name.</param>
public sealed record IndexStatistics(int Documents, int Chunks, long Tokens, long Generation, long Bytes, IReadOnlyDictionary<string, int> DocumentsBySource);
