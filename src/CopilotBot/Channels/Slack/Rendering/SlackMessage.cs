using System.Text.Json.Nodes;

namespace CopilotBot.Channels.Slack.Rendering;

/// <summary>One message, as the outbox keeps it.</summary>
/// <param name="Text">What notifications and screen readers say.</param>
/// <param name="Markdown">Standard Markdown, which can be streamed; shown above the blocks, in a markdown block where it is not streamed. May be empty.</param>
/// <param name="Blocks">Everything else, below it.</param>
internal sealed record SlackMessage(string Text, string Markdown, JsonArray Blocks);
