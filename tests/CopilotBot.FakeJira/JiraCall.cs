namespace CopilotBot.FakeJira;

/// <summary>The calls that the fake knows; all else is refused.</summary>
public enum JiraCall
{
    Unknown,

    GetProject,

    GetTypes,

    GetFields,

    Create,

    GetIssue,

    GetProperty,

    Search,

    GetComments,

    AddComment,

    ListComments,

    GetTransitions,

    Transition,

    FindAssignable,
}
