namespace CopilotBot.Knowledge;

/// <summary>A numbered source of an answer. Every field comes from stored documents, never from a model.</summary>
/// <param name="Number">The [n] in the text, from 1.</param>
/// <param name="Url">Link to the heading: the source's page with anchor, or the bot's own page where the source has none.</param>
/// <param name="Quote">The passage words that support the sentence.</param>
public sealed record Citation(
    int Number, DocumentId DocumentId, ChunkId ChunkId, string Title, string Url, string Anchor, IReadOnlyList<string> HeadingPath, DateTimeOffset Updated, string Quote);
