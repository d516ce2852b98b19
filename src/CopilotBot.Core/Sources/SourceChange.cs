using CopilotBot.Knowledge;

namespace CopilotBot.Sources;

/// <summary>What a source reports: a closed set.</summary>
public abstract record SourceChange
{
    /// <summary>All layers and people of the source. Comes first, so that a revocation is in force before any content changes.</summary>
    /// <param name="ExpectedDocuments">How many documents the listing will hold when that is known beforehand, else null.</param>
    public sealed record Directory(IReadOnlyList<AccessLayer> Layers, IReadOnlyList<Person> People, int? ExpectedDocuments) : SourceChange;

    /// <summary>The document exists in this version; it may be one that is already indexed.</summary>
    public sealed record Seen(Document Document) : SourceChange;

    /// <summary>The document is out of scope by policy (archived, empty, ...).</summary>
    public sealed record Skipped(DocumentId Id, string Reason) : SourceChange;

    /// <summary>One document could not be read. It neither blocks the others nor counts as deleted.</summary>
    public sealed record Failed(DocumentId Id, string Reason) : SourceChange;

    /// <summary>Nothing changed since the cursor: the run ends here and proves that everything is still there.</summary>
    public sealed record Unchanged : SourceChange;

    /// <summary>The listing ended on its proper end: documents that were not named in this run are gone.</summary>
    public sealed record Completed(SyncCursor Cursor) : SourceChange;
}
