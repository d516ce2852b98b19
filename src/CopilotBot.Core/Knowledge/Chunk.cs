namespace CopilotBot.Knowledge;

/// <summary>A passage: what is indexed, retrieved and cited.</summary>
public sealed record Chunk
{
    public required ChunkId Id { get; init; }

    public required DocumentId DocumentId { get; init; }

    /// <summary>Position among the chunks of the document, from 0.</summary>
    public required int Ordinal { get; init; }

    public required string Title { get; init; }

    /// <summary>Headings above the chunk, outermost first, the title left out.</summary>
    public required IReadOnlyList<string> HeadingPath { get; init; }

    /// <summary>Anchor of the nearest heading for a deep link, without '#'; empty at the top of the document.</summary>
    public required string Anchor { get; init; }

    /// <summary>The passage itself. Where a table is split, its header line is repeated in front.</summary>
    public required string Text { get; init; }

    /// <summary>Where the passage stands in the document's <see cref="StructuredText.Text"/> (a repeated table header not counted).</summary>
    public required TextSpan Span { get; init; }

    /// <summary>Units in text order.</summary>
    public required IReadOnlyList<ChunkUnit> Units { get; init; }

    /// <summary>Human key of the document such as "HELP-12", else empty.</summary>
    public string Key { get; init; } = "";

    /// <summary>Documents that the passage links to, as <see cref="DocumentName"/> has them.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    /// <summary>Title and headings, put in front of the text for the encoder.</summary>
    public string Prefix => PrefixOf(Title, HeadingPath);

    /// <summary>What the encoder reads.</summary>
    public string EncoderInput => $"{Prefix} {Text}";

    public static string PrefixOf(string title, IReadOnlyList<string> headings) =>
        headings.Count == 0 ? $"{title}." : $"{title}. {string.Join(" > ", headings)}.";
}
