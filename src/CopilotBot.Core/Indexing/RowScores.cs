namespace CopilotBot.Indexing;

/// <summary>Scores of given rows, in their order.</summary>
/// <param name="Lexical">BM25; 0 where no word matches.</param>
/// <param name="Cosines">Cosine of query and chunk.</param>
/// <param name="DocumentLexical">BM25 of the whole document of the row, its title counted twice.</param>
/// <param name="OpeningCosines">Cosine of query and the first chunk of the row's document, which mostly says what the document is about.</param>
public sealed record RowScores(float[] Lexical, float[] Cosines, float[] DocumentLexical, float[] OpeningCosines);
