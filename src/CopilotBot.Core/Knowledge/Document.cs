namespace CopilotBot.Knowledge;

/// <summary>A document as read from a source: what every source turns its own payloads into.</summary>
public sealed record Document
{
    public required DocumentId Id { get; init; }

    public required DocumentKind Kind { get; init; }

    public required string Title { get; init; }

    public required StructuredText Body { get; init; }

    /// <summary>Absolute URL in the source without fragment, or empty when the source has no web page for it (then the bot's own page is linked).</summary>
    public required string Url { get; init; }

    /// <summary>Last change of the content, UTC.</summary>
    public required DateTimeOffset Updated { get; init; }

    /// <summary>The source's version of the content (page version number, file hash, ...).</summary>
    public required string Version { get; init; }

    /// <summary>All layers that a reader must pass: at least one.</summary>
    public required IReadOnlyList<LayerId> Layers { get; init; }

    /// <summary>Human key such as "HELP-12", else empty.</summary>
    public string Key { get; init; } = "";

    public IReadOnlyList<string> Labels { get; init; } = [];

    public AccessSetId AccessSet => AccessSetId.Of(Layers);
}
