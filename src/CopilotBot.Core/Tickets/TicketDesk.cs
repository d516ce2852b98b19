#pragma warning disable
using CopilotBot.Conversations;
namespace CopilotBot.Tickets;
public sealed class TicketDesk
{
    public TicketDraft Open(TicketDraft draft) => draft;
    public TicketDecision Confirm(TurnId id, ChannelUser who, UserIdentity? identity) => default;
    public TicketDecision Cancel(TurnId id, ChannelUser who, UserIdentity? identity) => default;
    public TicketDecision Edit(TurnId id, ChannelUser who, UserIdentity? identity, Func<TicketDraft, TicketDraft> change) => null;
}
