using CopilotBot.Knowledge;

namespace CopilotBot.Indexing;

/// <summary>All chunks of one document; replaces whatever the index held of it.</summary>
public sealed record IndexedDocument(DocumentId Id, AccessSetId AccessSet, IReadOnlyList<EncodedChunk> Chunks);
