using CopilotBot.Knowledge;

namespace CopilotBot.Indexing;

/// <summary>A chunk as stored, copied out of the index: it stays valid when the view is disposed.</summary>
/// <param name="SentenceVector">round(127 x) of the unit-length vector.</param>
/// <param name="TokenIds">Word-piece ids of <see cref="Chunk.EncoderInput"/>, CLS and SEP left out.</param>
/// <param name="TokenVectors">One row per token, round(127 x), row-major.</param>
public sealed record IndexedChunk(int Row, Chunk Chunk, AccessSetId AccessSet, sbyte[] SentenceVector, int[] TokenIds, sbyte[] TokenVectors, int TokenDimensions);
