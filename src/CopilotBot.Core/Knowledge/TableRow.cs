namespace CopilotBot.Knowledge;

/// <param name="Span">The row's line.</param>
/// <param name="Cells">Spans of the cells inside it; a cell that spans several columns stands once, followed by empty spans.</param>
public sealed record TableRow(TextSpan Span, IReadOnlyList<TextSpan> Cells);
