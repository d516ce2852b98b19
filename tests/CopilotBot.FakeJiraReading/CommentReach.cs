namespace CopilotBot.FakeJiraReading;

/// <param name="Type">"role" or "group".</param>
/// <param name="Id">Of the role or the group.</param>
public sealed record CommentReach(string Type, string Id);
