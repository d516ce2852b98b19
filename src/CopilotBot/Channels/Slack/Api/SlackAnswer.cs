using System.Text.Json;

namespace CopilotBot.Channels.Slack.Api;

/// <summary>What came back of one request.</summary>
/// <param name="Status">HTTP status; 0 without an answer.</param>
/// <param name="Body">Undefined where it could not be read to its end or is no JSON object.</param>
/// <param name="Problem">With a fault: its kind, in words that may be logged.</param>
internal sealed record SlackAnswer(int Status, JsonElement Body = default, TimeSpan? Wait = null, SlackFault Fault = SlackFault.None, string Problem = "")
{
    /// <summary>It may hold a token.</summary>
    public override string ToString() => $"answer {Status}";
}
