namespace CopilotBot.FakeSlack;

/// <summary>A workspace; those of an organisation share its install.</summary>
public sealed record SlackWorkspace(string TeamId, string Name, string? EnterpriseId, SlackInstall Install)
{
    public string BotUserId => Install.BotUserId;

    public string BotId => Install.BotId;

    public string BotToken => Install.BotToken;

    public bool IsInstalled => Install.IsInstalled;

    public string Domain => Name.ToLowerInvariant().Replace(' ', '-');
}
