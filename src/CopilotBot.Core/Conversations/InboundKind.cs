namespace CopilotBot.Conversations;

public enum InboundKind
{
    Question,

    /// <summary>The person changed the text of their message: its answer is replaced in place.</summary>
    Edit,

    /// <summary>The person deleted their message: its answer is withdrawn.</summary>
    Deletion,
}
