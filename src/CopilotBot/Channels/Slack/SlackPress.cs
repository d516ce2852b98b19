using CopilotBot.Channels.Slack.Rendering;

namespace CopilotBot.Channels.Slack;

/// <summary>Who pressed, sent or chose something, and where (facts/slack.md §1.5).</summary>
/// <param name="Channel">Empty where the payload names none.</param>
/// <param name="Trigger">Opens a form within three seconds.</param>
internal sealed record SlackPress(string Workspace, string User, string Channel, string Trigger, string? ResponseUrl, string? Team)
{
    /// <summary>The address of what was pressed: what is shown to one person alone is changed by the newest address that Slack gives for it.</summary>
    public string Renew(string address) =>
        SlackAddress.Parse(address) is { Place: SlackPlace.Ephemeral } shown && ResponseUrl is not null ? (shown with { ResponseUrl = ResponseUrl }).ToString() : address;
}
