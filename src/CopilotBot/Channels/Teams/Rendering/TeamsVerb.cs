namespace CopilotBot.Channels.Teams.Rendering;

/// <summary>Names that come back when somebody presses something on a card: as <c>verb</c> of Action.Execute, or in the data of its fallback.</summary>
internal static class TeamsVerb
{
    /// <summary>Data: <see cref="TurnKey"/>.</summary>
    public const string AskPrivately = "askPrivately";

    /// <summary>Data: <see cref="TurnKey"/>, <see cref="ReactionKey"/>, <see cref="ReasonKey"/> (dislikes only) and <see cref="CommentKey"/>.</summary>
    public const string Feedback = "feedback";

    /// <summary>Data: <see cref="TurnKey"/> of the draft, and its inputs, called after the fields with <see cref="FieldPrefix"/> before them.</summary>
    public const string ConfirmTicket = "ticketConfirm";

    /// <summary>Data as of <see cref="ConfirmTicket"/>: keeps the inputs without confirming.</summary>
    public const string SaveTicket = "ticketSave";

    /// <summary>Data: <see cref="TurnKey"/>.</summary>
    public const string CancelTicket = "ticketCancel";

    /// <summary>Data: <see cref="TurnKey"/> and <see cref="IntentKey"/>.</summary>
    public const string Choose = "choose";

    public const string IntentKey = "intent";

    public const string FieldPrefix = "field:";

    /// <summary>Ends the name of an input that takes several choices.</summary>
    public const string Many = ":many";

    public const string KindKey = "ticketKind";

    public const string VerbKey = "verb";

    /// <summary>Id of the turn. It comes from the client: whoever sends it must be checked against the turn.</summary>
    public const string TurnKey = "turn";

    public const string ReactionKey = "reaction";

    public const string ReasonKey = "reason";

    public const string CommentKey = "comment";
}
