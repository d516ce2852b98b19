namespace CopilotBot.Knowledge;

/// <summary>
/// The one text model that every converter produces: a plain text and the blocks that lie in it, in order. Blocks are separated by
/// line feeds in <paramref name="Text"/>; all offsets of chunks and citations point into it.
/// </summary>
/// <param name="Text">Text without markup. A list item or table row is one line, its cells joined by " | "; code keeps its lines.</param>
/// <param name="Blocks">Blocks in text order; a callout holds its own blocks.</param>
/// <param name="Links">Links out of the text, for second-hop retrieval and for display.</param>
public sealed record StructuredText(string Text, IReadOnlyList<TextBlock> Blocks, IReadOnlyList<TextLink> Links);
