namespace CopilotBot.Answering;

public enum AnswerOutcome
{
    /// <summary>Every sentence cites a passage.</summary>
    Grounded,

    /// <summary>Nothing the asker may read answers it. Missing access looks exactly like this.</summary>
    NoEvidence,

    /// <summary>A request that the bot must not serve to anyone.</summary>
    Refused,

    /// <summary>A fault; the text carries the trace id.</summary>
    Failed,
}
