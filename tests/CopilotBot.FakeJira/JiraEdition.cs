namespace CopilotBot.FakeJira;

public enum JiraEdition
{
    /// <summary>REST v3, basic authentication with e-mail and API token.</summary>
    Cloud,

    /// <summary>REST v2, personal access token.</summary>
    DataCenter,
}
