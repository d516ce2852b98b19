using System.Text.Json;

namespace CopilotBot.Channels.Slack.Api;

/// <summary>What a call of the Web API came to.</summary>
/// <param name="Result">For the turn engine; its MessageId is the "ts" of the answer, where there is one.</param>
/// <param name="Error">Slack's error code, or empty.</param>
/// <param name="Body">The whole answer; undefined where there is none.</param>
internal sealed record SlackReply(SendResult Result, string Error, JsonElement Body)
{
    public bool IsOk => Result.Status == SendStatus.Done;

    /// <summary>Without the answer: it may hold a token, or words of a person.</summary>
    public override string ToString() => $"{Result.Status} {Result.Reason}";
}
