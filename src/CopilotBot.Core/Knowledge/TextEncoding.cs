namespace CopilotBot.Knowledge;

/// <summary>Sentence vector and token vectors of one text, from one pass of the encoder.</summary>
/// <param name="TokenIds">Word-piece ids without CLS and SEP; n of them.</param>
/// <param name="SentenceVector">Unit length.</param>
/// <param name="TokenVectors">n rows of <paramref name="TokenDimensions"/> values, row-major, each row of unit length.</param>
public sealed record TextEncoding(int[] TokenIds, float[] SentenceVector, float[] TokenVectors, int TokenDimensions);
