using CopilotBot.Answering;
using CopilotBot.Channels.Rendering;
using CopilotBot.Conversations;
using CopilotBot.Tickets;

namespace CopilotBot.Channels.Tickets;

/// <summary>What people do with a draft that they see. Everything that they sent was in their hands: what may be done is decided here and at the desk.</summary>
internal sealed class TicketPresses(ITicketDraftStore drafts, TicketDesk desk, TicketMessages messages, ITicketTracker tracker)
{
    private const int LongestName = 80;

    public TicketDraft? Find(TurnId id) => drafts.Find(id);

    /// <summary>Why the person may not open the form of the draft; null when they may.</summary>
    public string? FindObstacle(TurnId id, ChannelUser who, UserIdentity? identity) => drafts.Find(id) switch
    {
        null => TicketReplies.Unknown,
        { State: not TicketState.Open } => TicketReplies.Decided,
        var draft => desk.MayDecide(draft, who, identity) ? null : NotAllowed(draft),
    };

    /// <param name="address">As in <see cref="TicketMessages.Show"/>.</param>
    /// <returns>What the person is told alone; null when the message itself shows it.</returns>
    public string? Confirm(TurnId id, ChannelUser who, UserIdentity? identity, string? address) => Decide(desk.Confirm(id, who, identity), address);

    /// <inheritdoc cref="Confirm"/>
    public string? Cancel(TurnId id, ChannelUser who, UserIdentity? identity, string? address) => Decide(desk.Cancel(id, who, identity), address);

    /// <summary>Keeps what the person wrote into the form.</summary>
    /// <inheritdoc cref="Confirm"/>
    public async Task<string?> SaveAsync(TurnId id, ChannelUser who, UserIdentity? identity, TicketForm form, string? address, CancellationToken cancellationToken)
    {
        if (drafts.Find(id) is not { } draft)
        {
            return TicketReplies.Unknown;
        }

        if (form.FindProblems(draft) is { Count: > 0 } problems)
        {
            return problems.Values.First();
        }

        try
        {
            var kind = form.Kind is { } wanted && wanted != TicketChoice.KeyOf(draft.Project, draft.Type?.Id) ? await FindKindAsync(wanted, cancellationToken) : null;
            return Decide(desk.Edit(id, who, identity, form.ReadChanges(draft, kind?.Type ?? draft.Type), kind), address);
        }
        catch (TrackerException exception)
        {
            return exception.Message;
        }
    }

    private async Task<TicketKind?> FindKindAsync(string key, CancellationToken cancellationToken)
    {
        var schema = await tracker.GetSchemaAsync(cancellationToken);
        return schema.Projects.SelectMany(project => project.Types.Select(type => new TicketKind(project.Key, type))).FirstOrDefault(kind => TicketChoice.KeyOf(kind.Project, kind.Type.Id) == key);
    }

    private string? Decide(TicketDecision decision, string? address)
    {
        switch (decision)
        {
            case { Outcome: TicketDecisionOutcome.Taken, Draft: { } draft }:
                messages.Show(draft, address);
                return null;
            case { Outcome: TicketDecisionOutcome.NotAllowed, Draft: var draft }:
                return NotAllowed(draft);
            case { Outcome: TicketDecisionOutcome.Incomplete, Draft: var draft, Wanted: var wanted }:
                return $"The tracker requires {(draft is null ? null : TicketText.NameOf(draft, wanted)) ?? wanted}. Press “Edit”, fill it in, and then press again.";
            case { Outcome: TicketDecisionOutcome.AlreadyDecided }:
                return TicketReplies.Decided;
            default:
                return TicketReplies.Unknown;
        }
    }

    private static string NotAllowed(TicketDraft? draft) =>
        $"Only {(draft is { RequesterName.Length: > 0 } ? PlainText.Clip(draft.RequesterName, LongestName) : "whoever asked for it")} can decide about this draft. Ask me yourself, and you get one of your own.";
}
