using System.Text.Json;

namespace CopilotBot.Channels.Slack;

/// <summary>Something that Slack delivered, the same whether it came by HTTP or over a socket (facts/slack.md §1.3 to §1.5, §5). A command's form is an object of texts here.</summary>
internal sealed record SlackDelivery(SlackDeliveryKind Kind, JsonElement Payload);
