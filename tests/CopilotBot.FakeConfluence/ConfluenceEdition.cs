namespace CopilotBot.FakeConfluence;

public enum ConfluenceEdition
{
    Cloud,

    DataCenter,
}
