namespace CopilotBot.Indexing;

/// <summary>Scores of given rows, in their order.</summary>
/// <param name="Lexical">BM25; 0 where no word matches.</param>
/// <param name="Cosines">Cosine of query and chunk.</param>
public sealed record RowScores(float[] Lexical, float[] Cosines);
