using System.Text.Json.Serialization;
using CopilotBot.Knowledge;

namespace CopilotBot.Indexing.Embedded;

/// <summary>How chunks are written into passage files.</summary>
[JsonSourceGenerationOptions(IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(Chunk))]
internal sealed partial class ChunkJson : JsonSerializerContext;
