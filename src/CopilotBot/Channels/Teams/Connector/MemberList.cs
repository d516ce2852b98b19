namespace CopilotBot.Channels.Teams.Connector;

/// <param name="IsComplete">False when there are more members than were asked for, or the platform did not come to an end.</param>
internal sealed record MemberList(IReadOnlyList<Member> Members, bool IsComplete);
