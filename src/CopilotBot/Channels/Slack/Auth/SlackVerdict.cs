namespace CopilotBot.Channels.Slack.Auth;

/// <param name="Refusal">Why a request is not Slack's, in words that may be logged; null where it is.</param>
internal readonly record struct SlackVerdict(string? Refusal)
{
    public static readonly SlackVerdict Accepted;

    public bool IsAccepted => Refusal is null;
}
