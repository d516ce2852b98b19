namespace CopilotBot.Extraction;

/// <summary>What a message wants. The names of the shipped tagger are these in snake_case.</summary>
public enum Intent
{
    AskQuestion,

    CreateTicket,

    UpdateTicket,

    FindTicket,

    SummarizeThread,

    Escalate,

    Feedback,

    SmallTalk,

    OutOfScope,
}
