using CopilotBot.Conversations;

namespace CopilotBot.Tickets;

/// <summary>What would be written into a tracker, until a person confirms it and after.</summary>
public sealed record TicketDraft
{
    /// <summary>The turn that asked for it; one turn has at most one draft.</summary>
    public required TurnId Id { get; init; }

    public required TicketAction Action { get; init; }

    /// <summary>Id of the <see cref="ChannelUser"/> who asked for it.</summary>
    public required string Requester { get; init; }

    public required string RequesterName { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>Key of the project of a new ticket.</summary>
    public string Project { get; init; } = "";

    /// <summary>Of the project of a new ticket: the fields that may be filled, in their order.</summary>
    public TicketType? Type { get; init; }

    /// <summary>The kinds of ticket that it could be instead, this one among them.</summary>
    public IReadOnlyList<TicketChoice> Choices { get; init; } = [];

    /// <summary>What is known. A field without evidence is not here.</summary>
    public IReadOnlyList<FieldValue> Fields { get; init; } = [];

    /// <summary>The ticket that is changed, or the one that was created.</summary>
    public string? TicketKey { get; init; }

    /// <summary>What is to be written under an existing ticket.</summary>
    public string? Comment { get; init; }

    /// <summary>The status that an existing ticket is to have.</summary>
    public string? Status { get; init; }

    /// <summary>The one question that has to be answered first: id of the field that is required and not known, or null.</summary>
    public string? Wanted { get; init; }

    /// <summary>Tickets about the same that everybody who sees the draft may read, the nearest first.</summary>
    public IReadOnlyList<SimilarTicket> Similar { get; init; } = [];

    /// <summary>Address of the message that it was opened from, for the ticket; null where the platform has none.</summary>
    public string? Permalink { get; init; }

    public TicketState State { get; init; } = TicketState.Open;

    /// <summary>How often it was changed since it was stored; the store counts.</summary>
    public int Revision { get; init; }

    /// <summary>Sent along with the write, and searched for when it is not known whether the write arrived.</summary>
    public string IdempotencyKey { get; init; } = "";

    /// <summary>Writes that were begun.</summary>
    public int Attempts { get; init; }

    /// <summary>A write was begun and its outcome is not known.</summary>
    public bool IsUnclear { get; init; }

    /// <summary>When the last write was begun, or was given up waiting for.</summary>
    public DateTimeOffset? Attempted { get; init; }

    /// <summary>Searches for the last write that found nothing and that were late enough to count.</summary>
    public int EmptySearches { get; init; }

    /// <summary>Before this time nothing is tried again.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Who confirmed or cancelled it.</summary>
    public string? DecidedBy { get; init; }

    public DateTimeOffset? Decided { get; init; }

    /// <summary>Address of the ticket, once there is one.</summary>
    public string? Url { get; init; }

    /// <summary>Nothing was written: the settings ask for a dry run.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>Why it failed, in words for the person.</summary>
    public string? Problem { get; init; }

    /// <summary>The state that whoever shows drafts was last told of.</summary>
    public TicketState Shown { get; init; } = TicketState.Open;

    public string? TextOf(string field) => Fields.FirstOrDefault(value => value.Field == field)?.Text;
}

/// <param name="Field">Id of a <see cref="TicketField"/>.</param>
/// <param name="Text">As a person reads it; several values are separated by ", ", a date is yyyy-MM-dd.</param>
/// <param name="Ids">Ids of allowed values or of an account; empty for text.</param>
/// <param name="Confidence">From 0 to 1; 1 when a person wrote it.</param>
/// <param name="Evidence">The words of the message that it rests on; null for defaults and what a person wrote.</param>
public sealed record FieldValue(string Field, string Text, IReadOnlyList<string> Ids, double Confidence, string? Evidence);

/// <param name="IsOpen">Not resolved as far as the index knows.</param>
public sealed record SimilarTicket(string Key, string Title, bool IsOpen, string? Url);

/// <param name="Project">Key.</param>
/// <param name="TypeId">Id of the type in it.</param>
/// <param name="Name">As shown: "VPN · Incident".</param>
public sealed record TicketChoice(string Project, string TypeId, string Name)
{
    /// <summary>Names it in a form: "VPN/10001".</summary>
    public string Key => KeyOf(Project, TypeId);

    public static string KeyOf(string project, string? typeId) => $"{project}/{typeId}";
}

public enum TicketAction
{
    Create,

    /// <summary>Comments on a ticket, moves it to another status, or both.</summary>
    Update,
}

public enum TicketState
{
    /// <summary>Waits for a person.</summary>
    Open,

    /// <summary>A person confirmed it: it is written now, and once.</summary>
    Confirmed,

    Done,

    Cancelled,

    Failed,
}
