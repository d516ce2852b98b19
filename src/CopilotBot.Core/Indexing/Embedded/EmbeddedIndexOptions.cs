using System.ComponentModel.DataAnnotations;

namespace CopilotBot.Indexing.Embedded;

/// <summary>
/// Settings of the index in the data folder. With all field weights at 1 the lexical score is plain BM25 over title, headings and body
/// as one text; a higher weight lets a word in that field count as that many.
/// </summary>
public sealed class EmbeddedIndexOptions
{
    /// <summary>BM25: how fast repeated words stop to count.</summary>
    [Range(0.0, 10.0)]
    public float K1 { get; set; } = 1.0f;

    /// <summary>BM25: how much long passages are held back.</summary>
    [Range(0.0, 1.0)]
    public float B { get; set; } = 0.5f;

    [Range(0.0, 100.0)]
    public float TitleWeight { get; set; } = 1f;

    [Range(0.0, 100.0)]
    public float HeadingWeight { get; set; } = 1f;

    [Range(0.0, 100.0)]
    public float BodyWeight { get; set; } = 1f;

    /// <summary>Added for a whole identifier (error code, version, host name, ...), as a multiple of its inverse document frequency.</summary>
    [Range(0.0, 100.0)]
    public float ExactBoost { get; set; } = 1.5f;

    /// <summary>Words of a query that are searched; the rest of a longer one is ignored.</summary>
    [Range(1, 1024)]
    public int MaxQueryWords { get; set; } = 64;

    /// <summary>Askers whose filtered view of the last commit is kept ready.</summary>
    [Range(1, 10_000)]
    public int CachedViews { get; set; } = 64;

    /// <summary>Passages in one file; a file is rewritten as a whole when more than half of it is dead.</summary>
    [Range(1, 1_000_000)]
    public int PassagesPerFile { get; set; } = 8192;
}
