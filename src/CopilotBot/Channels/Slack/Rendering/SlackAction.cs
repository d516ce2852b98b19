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

    /// <summary>Value: the turn that the draft belongs to. So has <see cref="EditTicket"/> and <see cref="CancelTicket"/>.</summary>
    public const string ConfirmTicket = "ticket_confirm";

    public const string EditTicket = "ticket_edit";

    public const string CancelTicket = "ticket_cancel";

    /// <summary>A choice in a message: the wanted field of a draft. block_id: <see cref="FieldBlock"/> and the turn.</summary>
    public const string TicketField = "ticket_field";

    public const string FieldBlock = "ticket_field:";

    /// <summary>callback_id of the form of a draft; its private_metadata is the turn. Its inputs are called after the fields.</summary>
    public const string TicketForm = "ticket_form";

    /// <summary>Input of the form that says which kind of ticket it is.</summary>
    public const string TicketKind = "ticket_kind";

    /// <summary>Begins the action_id of the choices of an unclear request; the name of the intent follows. Value: the turn.</summary>
    public const string Choose = "choose:";

    /// <summary>callback_id of the message shortcuts.</summary>
    public const string AnswerThis = "answer_this";

    public const string TicketFromThis = "ticket_from_this";
}
