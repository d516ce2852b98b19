using CopilotBot.Inference;

namespace CopilotBot.Extraction.Prompted;

/// <summary>What a language model read in a message, and what it cost.</summary>
/// <param name="Dropped">Values that it gave and that do not stand in the message.</param>
public sealed record PromptedReading(TaggedText Text, long InputTokens, long OutputTokens, int Dropped);
