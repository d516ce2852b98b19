namespace CopilotBot.Channels.Slack.Api;

/// <summary>Why there is no answer at all.</summary>
internal enum SlackFault
{
    None,

    /// <summary>The request did not leave: certainly nothing happened.</summary>
    NotSent,

    /// <summary>It left, and nothing came back.</summary>
    NoAnswer,
}
