using System.ComponentModel.DataAnnotations;

namespace CopilotBot.Inference;

/// <summary>Which models run. A value names an entry of the catalog or, when it holds a slash, a folder; relative folders lie beside the executable.</summary>
public sealed class InferenceOptions
{
    [Required]
    public string Encoder { get; set; } = ModelCatalog.ShippedEncoder;

    /// <summary>Empty for none: the one that ships is experimental and does not help retrieval yet (its MODEL_CARD.md).</summary>
    public string CrossEncoder { get; set; } = "";

    [Required]
    public string Tagger { get; set; } = ModelCatalog.ShippedTagger;

    /// <summary>Model runs at the same time, each on one thread.</summary>
    [Range(1, 64)]
    public int ParallelRuns { get; set; } = 2;

    /// <summary>More models, by name.</summary>
    public IDictionary<string, CatalogEntryOptions> Catalog { get; } = new Dictionary<string, CatalogEntryOptions>(StringComparer.Ordinal);
}
