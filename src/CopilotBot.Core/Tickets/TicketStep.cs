namespace CopilotBot.Tickets;

/// <summary>Steps of a draft on its way into the tracker, for whoever wants to know that one was reached.</summary>
internal static class TicketStep
{
    public const string Confirmed = "ticket-confirmed";
    public const string Noted = "ticket-noted";
    public const string Written = "ticket-written";
    public const string Settled = "ticket-settled";
    public const string Searched = "ticket-searched";
    public const string Shown = "ticket-shown";
    public const string ShownNoted = "ticket-shown-noted";
}
