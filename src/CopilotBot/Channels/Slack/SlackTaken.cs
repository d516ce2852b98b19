using System.Text.Json.Nodes;

namespace CopilotBot.Channels.Slack;

/// <summary>What became of a delivery.</summary>
/// <param name="Kind">For the metrics: one of few.</param>
/// <param name="Answer">What Slack is answered with, or null.</param>
internal sealed record SlackTaken(string Kind, string Result, JsonObject? Answer = null)
{
    public static SlackTaken Unknown { get; } = new("other", "unknown");
}
