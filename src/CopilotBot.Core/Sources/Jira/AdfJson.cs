using System.Text.Json;
using System.Text.Json.Serialization;

namespace CopilotBot.Sources.Jira;

[JsonSerializable(typeof(Dictionary<string, JsonElement[]>))]
internal sealed partial class AdfJson : JsonSerializerContext;
