using System.Text.Json.Serialization;

namespace CopilotBot.Channels.Slack.Auth;

/// <summary>Shape of an install before it is encrypted.</summary>
[JsonSerializable(typeof(SlackInstallation))]
internal sealed partial class SlackAuthJson : JsonSerializerContext;
