using System.Runtime.InteropServices;
using System.Text.Json;
using CopilotBot.Knowledge;

namespace CopilotBot.Indexing.Embedded;

/// <summary>One chunk of a passage file. The sentence vector is only valid while the file is held.</summary>
/// <param name="payload">Token ids (4 bytes each, machine order), token vectors, chunk as JSON.</param>
internal readonly ref struct PassageRecord(ReadOnlySpan<sbyte> sentenceVector, int tokenCount, int tokenDimensions, ReadOnlySpan<byte> payload)
{
    public ReadOnlySpan<sbyte> SentenceVector { get; } = sentenceVector;

    public int TokenCount { get; } = tokenCount;

    public ReadOnlySpan<byte> Payload { get; } = payload;

    public ReadOnlySpan<int> TokenIds => MemoryMarshal.Cast<byte, int>(Payload[..(TokenCount * sizeof(int))]);

    public ReadOnlySpan<sbyte> TokenVectors => MemoryMarshal.Cast<byte, sbyte>(Payload.Slice(TokenCount * sizeof(int), TokenCount * tokenDimensions));

    public Chunk ReadChunk()
    {
        var json = Payload[(TokenCount * (sizeof(int) + tokenDimensions))..];
        return JsonSerializer.Deserialize(json, ChunkJson.Default.Chunk) ?? throw new JsonException("A stored chunk is null.");
    }
}
