namespace CopilotBot.Inference;

/// <summary>What a model is for: it decides which inputs and outputs it must have.</summary>
public enum ModelRole
{
    /// <summary>Text to sentence vector and token vectors.</summary>
    Encoder,

    /// <summary>Question and passage to a score.</summary>
    CrossEncoder,

    /// <summary>Message to intent and slots.</summary>
    Tagger,
}
