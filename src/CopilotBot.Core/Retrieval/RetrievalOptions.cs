using System.ComponentModel.DataAnnotations;

namespace CopilotBot.Retrieval;

/// <summary>How deep retrieval looks and how its stages are weighed. Figures behind the defaults: docs/retrieval.md.</summary>
public sealed class RetrievalOptions
{
    /// <summary>Candidates from each of BM25 and dense.</summary>
    [Range(1, 1000)]
    public int Depth { get; set; } = 150;

    /// <summary>Candidates that are still looked at when so many people ask at once that more would miss the deadline. As many as Depth, or more: depth never shrinks.</summary>
    [Range(1, 1000)]
    public int MinimumDepth { get; set; } = 20;

    /// <summary>Weight of z(BM25); dense has weight 1.</summary>
    [Range(0, 10)]
    public double LexicalWeight { get; set; } = 0.6;

    /// <summary>Weight of z(BM25 of the whole document).</summary>
    [Range(0, 10)]
    public double DocumentLexicalWeight { get; set; } = 0.2;

    /// <summary>Weight of z(cosine with the first passage of the document).</summary>
    [Range(0, 10)]
    public double OpeningWeight { get; set; } = 0.35;

    /// <summary>Weight of z(late interaction).</summary>
    [Range(0, 10)]
    public double LateWeight { get; set; } = 1.45;

    /// <summary>First passages whose mentions and links are followed; 0 follows none.</summary>
    [Range(0, 20)]
    public int SecondHopPassages { get; set; } = 5;

    /// <summary>Weight of z(cross-encoder relevance), where the catalog has a cross-encoder.</summary>
    [Range(0, 10)]
    public double CrossEncoderWeight { get; set; } = 1;

    /// <summary>Passages that the cross-encoder reads.</summary>
    [Range(1, 100)]
    public int CrossEncoderDepth { get; set; } = 12;

    /// <summary>Chunks of one document among the results.</summary>
    [Range(1, 100)]
    public int ChunksPerDocument { get; set; } = 3;

    /// <summary>Past this time no further stage starts and the order so far stands.</summary>
    [Range(1, 60000)]
    public int DeadlineMs { get; set; } = 1500;
}
