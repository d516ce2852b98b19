namespace CopilotBot.Indexing;

/// <param name="Row">The chunk, inside its view.</param>
/// <param name="Score">BM25 or cosine.</param>
public readonly record struct ChunkHit(int Row, float Score);
