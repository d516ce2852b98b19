using CopilotBot.Knowledge;

namespace CopilotBot.Indexing;

/// <summary>A unit of a section before it is packed into chunks.</summary>
/// <param name="Span">Range in the document's text.</param>
/// <param name="LeadIn">Index among the section's pieces of the one that introduces it, or -1.</param>
internal sealed record Piece(UnitKind Kind, TextSpan Span, int Tokens, int LeadIn);
