namespace CopilotBot.Conversations;

/// <summary>A chunk that retrieval returned for a turn.</summary>
public sealed record TurnCandidate(string ChunkId, int? Bm25Rank, int? DenseRank, int FusedRank, int? LateRank, double Score);
