namespace CopilotBot.Channels.Tickets;

internal static class TicketReplies
{
    public const string Decided = "This was decided before.";

    public const string Unknown = "I do not know that draft any more; please ask me again.";
}
