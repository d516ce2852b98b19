using System.Text.Json.Serialization;

namespace CopilotBot.Channels.Teams.Connector;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PersonalConversation))]
internal sealed partial class ConnectorJson : JsonSerializerContext;
