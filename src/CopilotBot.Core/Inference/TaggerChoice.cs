using Microsoft.Extensions.Options;

namespace CopilotBot.Inference;

/// <summary>Which tagger runs: the one of the settings; where they name the shipped one, the one that was promoted in its place.</summary>
public sealed class TaggerChoice(IOptions<InferenceOptions> options, ModelCatalog catalog, PromotedTaggers promoted)
{
    /// <summary>What the next start runs.</summary>
    /// <exception cref="ModelException">It cannot be found.</exception>
    public ModelEntry InUse => FollowsPromotion && promoted.Current is { } folder ? ModelEntry.InFolder(folder, ModelRole.Tagger) : catalog.Find(options.Value.Tagger, ModelRole.Tagger);

    /// <summary>False when the settings name another tagger, which no promotion replaces.</summary>
    public bool FollowsPromotion => options.Value.Tagger == ModelCatalog.ShippedTagger;
}
