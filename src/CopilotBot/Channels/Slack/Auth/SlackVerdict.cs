namespace CopilotBot.Channels.Slack.Auth;

/// <param name="Reason">Why a request is not Slack's, in words that may be logged; empty where it is.</param>
internal readonly record struct SlackVerdict(bool IsAccepted, string Reason)
{
    public static SlackVerdict Accepted { get; } = new(IsAccepted: true, "");

    public static SlackVerdict Refused(string reason) => new(IsAccepted: false, reason);
}
