using CopilotBot.Conversations;
using CopilotBot.Knowledge;
using Microsoft.Extensions.Options;

namespace CopilotBot.Tickets;

/// <summary>What people decide about drafts. A decision is durable when its method returns, and of two at the same time one counts. Safe for concurrent use.</summary>
/// <param name="reached">Told of each <see cref="TicketStep"/>.</param>
public sealed class TicketDesk(ITicketDraftStore store, IAccessStore access, IOptions<TicketOptions> options, TicketBell bell, TimeProvider time, Action<string>? reached = null)
{
    /// <summary>Stores a new draft, which from then on can be confirmed.</summary>
    /// <returns>The draft; where its turn has one already, that one.</returns>
    public TicketDraft Open(TicketDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var opened = draft with { State = TicketState.Open, IdempotencyKey = Guid.NewGuid().ToString("n"), Wanted = TicketCompleteness.WantedOf(draft) };
        return store.TryAdd(opened, new TicketAudit(draft.Id, time.GetUtcNow(), draft.Requester, "drafted", draft.TicketKey, null)) ? opened : store.Find(draft.Id) ?? opened;
    }

    /// <summary>Replaces values; an empty one removes the field. Of an update, "comment" and "status" are fields as well.</summary>
    /// <param name="identity">As the channel established it; null for nobody in particular.</param>
    /// <param name="kind">What kind of ticket it is from now on; null for the one that it is. Values that the new kind has no field for go.</param>
    public TicketDecision Edit(TurnId id, ChannelUser who, UserIdentity? identity, IReadOnlyList<FieldValue> values, TicketKind? kind = null) =>
        Decide(id, who, identity, "edited", draft => Replace(kind is null ? draft : Turn(draft, kind), values));

    public TicketDecision Confirm(TurnId id, ChannelUser who, UserIdentity? identity)
    {
        var decision = Decide(id, who, identity, "confirmed", draft => TicketCompleteness.WantedOf(draft) is null ? Decided(draft, who, TicketState.Confirmed) : null);
        if (decision.Outcome == TicketDecisionOutcome.Taken)
        {
            reached?.Invoke(TicketStep.Confirmed);
        }

        return decision;
    }

    public TicketDecision Cancel(TurnId id, ChannelUser who, UserIdentity? identity) => Decide(id, who, identity, "cancelled", draft => Decided(draft, who, TicketState.Cancelled));

    /// <summary>Who asked for it, and whom the settings name.</summary>
    public bool MayDecide(TicketDraft draft, ChannelUser who, UserIdentity? identity)
    {
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentNullException.ThrowIfNull(who);
        return draft.Requester == who.Id || IsNamed(who, identity);
    }

    private TicketDecision Decide(TurnId id, ChannelUser who, UserIdentity? identity, string what, Func<TicketDraft, TicketDraft?> decide)
    {
        ArgumentNullException.ThrowIfNull(who);
        var outcome = TicketDecisionOutcome.Unknown;
        var changed = store.Change(
            id,
            draft =>
            {
                outcome = !MayDecide(draft, who, identity) ? TicketDecisionOutcome.NotAllowed
                    : draft.State != TicketState.Open ? TicketDecisionOutcome.AlreadyDecided
                    : TicketDecisionOutcome.Taken;
                return outcome == TicketDecisionOutcome.Taken ? decide(draft) : null;
            },
            new TicketAudit(id, time.GetUtcNow(), who.Id, what, null, null));
        if (changed is not null)
        {
            bell.Ring();
            return new TicketDecision(outcome, changed);
        }

        var stored = store.Find(id);
        return outcome == TicketDecisionOutcome.Taken && stored is not null
            ? new TicketDecision(TicketDecisionOutcome.Incomplete, stored, TicketCompleteness.WantedOf(stored))
            : new TicketDecision(outcome, stored);
    }

    private TicketDraft Decided(TicketDraft draft, ChannelUser who, TicketState state) => draft with { State = state, DecidedBy = who.Id, Decided = time.GetUtcNow(), Wanted = null };

    private static TicketDraft Turn(TicketDraft draft, TicketKind kind) =>
        draft with { Project = kind.Project, Type = kind.Type, Fields = [.. draft.Fields.Where(value => kind.Type.Fields.Any(field => field.Id == value.Field))] };

    private static TicketDraft Replace(TicketDraft draft, IReadOnlyList<FieldValue> values)
    {
        if (draft.Action == TicketAction.Update)
        {
            draft = draft with { Comment = Written(values, TicketCompleteness.Comment, draft.Comment), Status = Written(values, TicketCompleteness.Status, draft.Status) };
        }
        else
        {
            // A person wrote it: nothing is left to doubt, and nothing rests on words of the message.
            var written = values.Where(value => value.Text.Length > 0).Select(value => value with { Confidence = 1, Evidence = null });
            draft = draft with { Fields = [.. draft.Fields.Where(old => values.All(value => value.Field != old.Field)), .. written] };
        }

        return draft with { Wanted = TicketCompleteness.WantedOf(draft) };
    }

    private static string? Written(IReadOnlyList<FieldValue> values, string field, string? old) =>
        values.FirstOrDefault(value => value.Field == field) is { } value ? (value.Text.Length > 0 ? value.Text : null) : old;

    /// <summary>An address counts only where the person of the sources with the established id has it.</summary>
    private bool IsNamed(ChannelUser who, UserIdentity? identity)
    {
        var named = options.Value.MayConfirm;
        return named.Count > 0
            && (named.Contains(who.Id)
                || (identity?.PersonId is { } person && (named.Contains(person) || (access.GetPeople().FirstOrDefault(known => known.Id == person)?.Email is { } email && named.Contains(email, StringComparer.OrdinalIgnoreCase)))));
    }
}
