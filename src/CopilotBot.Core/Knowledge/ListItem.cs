namespace CopilotBot.Knowledge;

/// <param name="Depth">0 for the outermost list.</param>
/// <param name="Marker">"-", "1.", "[ ]" or "[x]"; not part of the text.</param>
public sealed record ListItem(TextSpan Span, int Depth, string Marker);
