namespace CopilotBot.Conversations;

public enum InboundKind
{
    Question,

    /// <summary>The person changed the text of their message: its answer is replaced in place.</summary>
    Edit,

    /// <summary>The person deleted their message: its answer is withdrawn.</summary>
    Deletion,

    /// <summary>What the bot showed has changed, as a ticket that was written since: it is shown anew. The text is the id of the turn that it answers.</summary>
    Refresh,
}
