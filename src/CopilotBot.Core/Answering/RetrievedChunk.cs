using CopilotBot.Knowledge;

namespace CopilotBot.Answering;

/// <summary>One candidate as the stages ranked it; a rank is from 1, null where the stage did not find or see it.</summary>
/// <param name="RerankScore">Score of the last stage that ran.</param>
public sealed record RetrievedChunk(ChunkId ChunkId, DocumentId DocumentId, int? Bm25Rank, int? DenseRank, int? FusedRank, int? LateRank, double RerankScore);
