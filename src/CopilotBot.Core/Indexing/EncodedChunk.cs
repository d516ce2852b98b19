using CopilotBot.Knowledge;

namespace CopilotBot.Indexing;

/// <summary>A chunk with its vectors, as handed to the index.</summary>
public sealed record EncodedChunk(Chunk Chunk, TextEncoding Encoding);
