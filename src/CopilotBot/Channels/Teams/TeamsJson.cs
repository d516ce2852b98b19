using System.Text.Json.Serialization;

namespace CopilotBot.Channels.Teams;

[JsonSerializable(typeof(TeamsAddress))]
internal sealed partial class TeamsJson : JsonSerializerContext;
