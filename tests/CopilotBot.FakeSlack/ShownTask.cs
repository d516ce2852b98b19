namespace CopilotBot.FakeSlack;

/// <summary>A step that a stream shows: title and status are the last given, details and output have grown (facts §2.1).</summary>
public sealed record ShownTask(string Id, string Title, string Status, string Details, string Output);
