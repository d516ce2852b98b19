namespace CopilotBot.Channels.Slack.Rendering;

/// <summary>What is known about the place that an answer goes to.</summary>
/// <param name="Quoted">The question, where it stands elsewhere and the answer has to begin with it; else null.</param>
/// <param name="AskedBy">User id ("U…") of who had a private answer shared: then the quoted question names them; else null.</param>
internal sealed record SlackFrame(SlackPlace Place, DateTimeOffset Now, string? Quoted = null, string? AskedBy = null);
