namespace CopilotBot.Knowledge;

/// <summary>Stable id of a chunk: document id, then a hash of heading path, ordinal under that heading and content.</summary>
public readonly record struct ChunkId(string Value)
{
    public override string ToString() => Value;
}
