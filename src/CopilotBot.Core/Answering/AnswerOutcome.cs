namespace CopilotBot.Answering;

public enum AnswerOutcome
{
    /// <summary>Every sentence cites a passage.</summary>
    Grounded,

    /// <summary>Nothing the asker may read answers it. Missing access looks exactly like this.</summary>
    NoEvidence,

    /// <summary>A draft of a ticket that waits for a person, or what became of it.</summary>
    Draft,

    /// <summary>Words of the bot about itself, or a question back: nothing is claimed that would need a source.</summary>
    Reply,

    /// <summary>A request that the bot must not serve to anyone.</summary>
    Refused,

    /// <summary>A fault; the text carries the trace id.</summary>
    Failed,
}
