using CopilotBot.Knowledge;

namespace CopilotBot.Sources;

/// <summary>What became of reading one item: a closed set.</summary>
public abstract record ItemReading(DocumentId Item)
{
    /// <summary>The item as it stands now.</summary>
    /// <param name="Scope">Id of its <see cref="SourceScope"/>.</param>
    /// <param name="Version">See <see cref="ListedItem"/>.</param>
    /// <param name="Documents">The main document first, then its parts: all of them; a part that is not here is gone.</param>
    /// <param name="Layers">Layers that the documents name and that the last reading of access need not have had.</param>
    /// <param name="SkippedParts">Parts that are not indexed by policy (too large, no text, unknown kind), and why.</param>
    /// <param name="FailedParts">Parts that could not be read this time, and why; what is indexed of them stays.</param>
    public sealed record Found(
        DocumentId Item, string Scope, string Version, IReadOnlyList<Document> Documents, IReadOnlyList<AccessLayer> Layers,
        IReadOnlyList<PartIssue> SkippedParts, IReadOnlyList<PartIssue> FailedParts) : ItemReading(Item);

    /// <summary>It is not there for the credential any more.</summary>
    public sealed record Gone(DocumentId Item, GoneReason Reason) : ItemReading(Item);

    /// <summary>It is there and is not indexed, by policy.</summary>
    public sealed record Skipped(DocumentId Item, string Scope, string Version, string Reason) : ItemReading(Item);

    /// <summary>It could not be read this time: it neither blocks the others nor counts as gone.</summary>
    public sealed record Failed(DocumentId Item, string Reason) : ItemReading(Item);
}

public enum GoneReason
{
    /// <summary>The source says that it was deleted or is in the bin.</summary>
    Deleted,

    Archived,

    /// <summary>Moved to a scope that the settings do not ask for.</summary>
    OutOfScope,

    /// <summary>Not found: purged, or hidden from the credential; the two look the same.</summary>
    NotFound,
}

/// <param name="Reason">One sentence.</param>
public sealed record PartIssue(DocumentId Part, string Reason);
