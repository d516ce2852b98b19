using System.ComponentModel.DataAnnotations;

namespace CopilotBot.Extraction;

public sealed class ExtractionOptions
{
    /// <summary>YAML file with synonyms, defaults, routing rules and a schema for when no tracker is connected; relative to the program. Empty for none.</summary>
    public string RulesFile { get; set; } = "";

    /// <summary>Where the small model is less sure of the intent than this, the model of ChatModel is asked, if there is one. 0 for never.</summary>
    [Range(0, 1)]
    public double AskModelBelow { get; set; } = .5;

    /// <summary>Of the model of ChatModel, per million tokens, in whatever currency: for the comparison of `extract eval` alone.</summary>
    [Range(0, 1e6)]
    public double InputPrice { get; set; }

    [Range(0, 1e6)]
    public double OutputPrice { get; set; }
}
