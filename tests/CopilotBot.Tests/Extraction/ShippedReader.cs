using CopilotBot.Extraction;
using CopilotBot.Inference;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Extraction;

/// <summary>The models that ship, loaded once.</summary>
internal static class ShippedReader
{
    private static readonly OnnxTokenTagger Tagger = new(ModelEntry.InFolder(Path.Combine(RepositoryPaths.Models, "tagger"), ModelRole.Tagger));

    public static MessageReader Reader { get; } = new(Tagger);

    public static IntentRouter Router { get; } = new(Reader);
}
