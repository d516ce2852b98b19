namespace CopilotBot.Knowledge;

/// <summary>The smallest piece of a chunk that an answer can quote: a sentence, list item, table row or code block.</summary>
/// <param name="Span">Range in <see cref="Chunk.Text"/>.</param>
/// <param name="FirstToken">Index of its first word piece among the chunk's tokens, prefix included, CLS left out.</param>
/// <param name="TokenCount">Number of its word pieces.</param>
/// <param name="LeadIn">Index of the unit that introduces it (the sentence before a list, the header of a row), or -1.</param>
public sealed record ChunkUnit(UnitKind Kind, TextSpan Span, int FirstToken, int TokenCount, int LeadIn);
