namespace CopilotBot.Channels.Slack;

/// <summary>How the turn engine knows a message: Slack's own id, the ts, is one of its channel only, and a chat that was opened just now has a channel of its own.</summary>
internal readonly record struct SlackMessageId(string Channel, string Ts)
{
    /// <summary>The one message that a response_url shows and replaces.</summary>
    public const string OfResponse = "response";

    public static SlackMessageId Parse(string id) => id.Split(':') is [var channel, var ts] ? new(channel, ts) : throw new FormatException("The stored message id is not one of Slack's.");

    public override string ToString() => $"{Channel}:{Ts}";
}
