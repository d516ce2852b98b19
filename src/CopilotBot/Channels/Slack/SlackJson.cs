using System.Text.Json.Serialization;

namespace CopilotBot.Channels.Slack;

[JsonSerializable(typeof(SlackAddress))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class SlackJson : JsonSerializerContext;
