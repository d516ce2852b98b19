using CopilotBot.Inference;

namespace CopilotBot.Extraction;

/// <summary>Reads intents and slots out of a message, under the names of <see cref="IntentNames"/> and <see cref="Slots"/>. Safe for concurrent use.</summary>
public interface IMessageReader
{
    /// <exception cref="ModelException">The model cannot be loaded or reached; the message says what to do.</exception>
    Task<TaggedText> ReadAsync(string text, CancellationToken cancellationToken);
}
