namespace CopilotBot.Inference;

/// <summary>A BERT-type ONNX model: either a folder of this machine, or files to pull.</summary>
public sealed class CatalogEntryOptions
{
    public ModelRole Role { get; set; }

    /// <summary>Holds model.onnx, vocab.txt and, for a tagger, labels.json and perhaps heads.json.</summary>
    public string? Folder { get; set; }

    /// <summary>The network; an alternative to <see cref="Folder"/>.</summary>
    public PulledFileOptions? Model { get; set; }

    public PulledFileOptions? Vocabulary { get; set; }

    public PulledFileOptions? Labels { get; set; }

    /// <summary>Only for a tagger whose outputs come from trained heads.</summary>
    public PulledFileOptions? Heads { get; set; }

    /// <summary>False for a vocabulary with capitals and accents.</summary>
    public bool LowerCase { get; set; } = true;
}
