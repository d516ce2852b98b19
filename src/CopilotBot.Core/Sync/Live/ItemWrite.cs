using CopilotBot.Indexing;
using CopilotBot.Knowledge;
using CopilotBot.Sources;

namespace CopilotBot.Sync.Live;

/// <summary>What one reading changes.</summary>
internal sealed class ItemWrite(ItemReading.Found reading)
{
    public ItemReading.Found Reading { get; } = reading;

    public List<Document> Unchanged { get; } = [];

    /// <summary>Documents with the same text as before.</summary>
    public List<Document> Kept { get; } = [];

    public List<(Document Document, IReadOnlyList<Chunk> Chunks)> Split { get; } = [];

    public List<IndexedDocument> Encoded { get; } = [];

    public List<DocumentId> Removed { get; } = [];

    /// <summary>Documents that could not be indexed, and why.</summary>
    public List<PartIssue> Problems { get; } = [];

    public int Chunks => Split.Sum(item => item.Chunks.Count);
}
