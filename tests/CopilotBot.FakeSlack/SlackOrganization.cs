namespace CopilotBot.FakeSlack;

/// <summary>An Enterprise Grid organisation in which the app is installed for all workspaces.</summary>
public sealed record SlackOrganization(string EnterpriseId, string Name, SlackInstall Install);
