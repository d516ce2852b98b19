namespace CopilotBot.Tickets;

/// <summary>What a tracker wants to know about a new ticket: read from its create metadata or written by an admin.</summary>
public sealed record TicketSchema(IReadOnlyList<TicketProject> Projects);

/// <param name="Key">Such as "VPN".</param>
public sealed record TicketProject(string Key, string Name, IReadOnlyList<TicketType> Types);

/// <param name="Name">Such as "Incident".</param>
public sealed record TicketType(string Id, string Name, IReadOnlyList<TicketField> Fields);

/// <summary>A type of a project.</summary>
public sealed record TicketKind(string Project, TicketType Type);

/// <param name="Id">The tracker's own: "summary", "priority", "customfield_10042".</param>
/// <param name="Allowed">Empty where anything may be written.</param>
public sealed record TicketField(string Id, string Name, TicketFieldKind Kind, bool IsRequired, IReadOnlyList<AllowedValue> Allowed)
{
    /// <summary>The tracker fills it by itself when nothing is sent.</summary>
    public bool HasDefault { get; init; }
}

public sealed record AllowedValue(string Id, string Name);

public enum TicketFieldKind
{
    Text,

    LongText,

    /// <summary>One of the allowed values.</summary>
    Choice,

    /// <summary>Some of the allowed values.</summary>
    Choices,

    /// <summary>An account of the tracker.</summary>
    Person,

    /// <summary>yyyy-MM-dd.</summary>
    Date,

    /// <summary>Words without spaces.</summary>
    Labels,

    /// <summary>Keys of other tickets.</summary>
    Tickets,

    /// <summary>Cannot be filled from a chat; where such a field is required the type cannot be used.</summary>
    Unsupported,
}
