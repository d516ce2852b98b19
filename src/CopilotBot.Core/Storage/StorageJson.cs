using System.Text.Json.Serialization;
using CopilotBot.Conversations;
using CopilotBot.Knowledge;
using CopilotBot.Sync;

namespace CopilotBot.Storage;

/// <summary>Shapes of what is stored as JSON beside its key.</summary>
[JsonSerializable(typeof(AccessLayer))]
[JsonSerializable(typeof(Person))]
[JsonSerializable(typeof(IReadOnlyList<LayerId>))]
[JsonSerializable(typeof(StructuredText))]
[JsonSerializable(typeof(DocumentHeader))]
[JsonSerializable(typeof(TurnRecord))]
[JsonSerializable(typeof(SyncState))]
[JsonSerializable(typeof(SourceRegistration))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class StorageJson : JsonSerializerContext;
