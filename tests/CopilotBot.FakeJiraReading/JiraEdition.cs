namespace CopilotBot.FakeJiraReading;

public enum JiraEdition
{
    Cloud,

    DataCenter,
}
