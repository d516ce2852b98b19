using CopilotBot.Extraction;
using CopilotBot.Inference;

namespace CopilotBot.FineTuning;

/// <summary>The messages of a set, as the tagger reads them.</summary>
internal static class Messages
{
    /// <summary>Those out of scope are left out: a threshold tells them, not an intent that is trained.</summary>
    /// <exception cref="LabelledSetException">The file cannot be read.</exception>
    /// <exception cref="ModelException">The vocabulary cannot be read.</exception>
    public static IReadOnlyList<Example> Read(string path, string split, OnnxTokenTagger tagger) =>
        [.. LabelledSet.Read(path, split).Where(message => !message.IsOutOfScope).Select(message => Example.Of(message, tagger)).Where(example => example.Words.Count > 0)];
}
