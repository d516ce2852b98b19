namespace CopilotBot.Extraction.Training;

/// <summary>Whether a tagger may take the place of the one in use, by their figures on the same messages.</summary>
/// <param name="tolerance">By how much intent accuracy and slot F1 may each be worse.</param>
internal sealed class PromotionGate(double tolerance)
{
    /// <summary>Half a point: two messages of 400.</summary>
    public const double DefaultTolerance = 0.005;

    public double Tolerance => tolerance;

    /// <returns>What is worse, in words; empty when it may.</returns>
    public IReadOnlyList<string> FindWorse(TaggerFigures inUse, TaggerFigures candidate) =>
    [
        .. IsWorse(inUse.IntentAccuracy, candidate.IntentAccuracy) ? ["intent accuracy"] : Array.Empty<string>(),
        .. inUse.SlotF1 is { } before && candidate.SlotF1 is { } after && IsWorse(before, after) ? ["slot F1"] : Array.Empty<string>(),
        .. inUse.OutOfScopeRecall is { } recall && candidate.OutOfScopeRecall is { } now && IsWorse(recall, now) ? ["out-of-scope recall"] : Array.Empty<string>(),
    ];

    private bool IsWorse(double inUse, double candidate) => candidate < inUse - tolerance;
}
