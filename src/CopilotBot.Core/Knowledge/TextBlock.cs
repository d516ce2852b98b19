using System.Text.Json.Serialization;

namespace CopilotBot.Knowledge;

/// <summary>A block of a <see cref="StructuredText"/>: a closed set, matched by a switch.</summary>
[JsonDerivedType(typeof(Heading), "h")]
[JsonDerivedType(typeof(Paragraph), "p")]
[JsonDerivedType(typeof(ListBlock), "l")]
[JsonDerivedType(typeof(Table), "t")]
[JsonDerivedType(typeof(Code), "c")]
[JsonDerivedType(typeof(Callout), "o")]
public abstract record TextBlock(TextSpan Span)
{
    /// <param name="Level">1 to 6.</param>
    /// <param name="Anchor">Fragment that opens the source's page at this heading, without '#'; unique in the document.</param>
    public sealed record Heading(TextSpan Span, int Level, string Anchor) : TextBlock(Span);

    public sealed record Paragraph(TextSpan Span) : TextBlock(Span);

    /// <summary>A list, nested lists included; also task and decision lists.</summary>
    public sealed record ListBlock(TextSpan Span, IReadOnlyList<ListItem> Items) : TextBlock(Span);

    /// <summary>A table; <paramref name="Header"/> is null when no row or column is marked as one.</summary>
    public sealed record Table(TextSpan Span, TableRow? Header, IReadOnlyList<TableRow> Rows) : TextBlock(Span);

    public sealed record Code(TextSpan Span, string Language) : TextBlock(Span);

    /// <summary>Info, note, tip, warning, panel, expand, quote.</summary>
    /// <param name="Title">Span of the title line inside <paramref name="Span"/>, or null.</param>
    public sealed record Callout(TextSpan Span, string Kind, TextSpan? Title, IReadOnlyList<TextBlock> Blocks) : TextBlock(Span);
}
