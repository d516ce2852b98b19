namespace CopilotBot.Channels.Slack.Rendering;

/// <summary>What buttons, forms and shortcuts call themselves; the turn that they are about is the value of a button, or the private_metadata of a form.</summary>
internal static class SlackAction
{
    /// <summary>Thumbs: <see cref="Up"/> or <see cref="Down"/>, a colon, and the turn.</summary>
    public const string Vote = "vote";

    public const string Up = "up";

    public const string Down = "down";

    public const string AskPrivately = "ask_privately";

    public const string Share = "share";

    /// <summary>callback_id of the form that asks why an answer was no good.</summary>
    public const string ReasonForm = "vote_reason";

    /// <summary>block_id and action_id of the choice in it.</summary>
    public const string Reason = "reason";

    /// <summary>block_id and action_id of the person's own words in it.</summary>
    public const string Comment = "comment";

    /// <summary>callback_id of the message shortcuts.</summary>
    public const string AnswerThis = "answer_this";

    public const string TicketFromThis = "ticket_from_this";
}
