using System.ComponentModel.DataAnnotations;

namespace CopilotBot.Inference;

/// <summary>Models by folder. Relative folders lie beside the executable.</summary>
public sealed class InferenceOptions
{
    [Required]
    public string Encoder { get; set; } = "models/encoder";

    /// <summary>Empty for none: the one that ships is experimental and does not help retrieval yet (its MODEL_CARD.md).</summary>
    public string CrossEncoder { get; set; } = "";

    /// <summary>Model runs at the same time, each on one thread.</summary>
    [Range(1, 64)]
    public int ParallelRuns { get; set; } = 2;
}
