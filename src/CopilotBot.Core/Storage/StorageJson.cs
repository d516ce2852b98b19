using System.Text.Json.Serialization;
using CopilotBot.Conversations;
using CopilotBot.Feedback;
using CopilotBot.Knowledge;
using CopilotBot.Sync;
using CopilotBot.Sync.Live;
using CopilotBot.Tickets;

namespace CopilotBot.Storage;

/// <summary>Shapes of what is stored as JSON beside its key.</summary>
[JsonSourceGenerationOptions(IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(AccessLayer))]
[JsonSerializable(typeof(Person))]
[JsonSerializable(typeof(IReadOnlyList<LayerId>))]
[JsonSerializable(typeof(Document))]
[JsonSerializable(typeof(DocumentHeader))]
[JsonSerializable(typeof(TurnRecord))]
[JsonSerializable(typeof(InboundTurn))]
[JsonSerializable(typeof(OutboundMessage))]
[JsonSerializable(typeof(ChannelConversation))]
[JsonSerializable(typeof(ChannelInstallation))]
[JsonSerializable(typeof(FeedbackEntry))]
[JsonSerializable(typeof(TicketDraft))]
[JsonSerializable(typeof(TicketAudit))]
[JsonSerializable(typeof(SyncState))]
[JsonSerializable(typeof(SourceRegistration))]
[JsonSerializable(typeof(LiveState))]
[JsonSerializable(typeof(ItemRecord))]
[JsonSerializable(typeof(IReadOnlyList<DocumentId>))]
internal sealed partial class StorageJson : JsonSerializerContext;
