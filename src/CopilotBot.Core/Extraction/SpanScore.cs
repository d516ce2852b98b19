using CopilotBot.Knowledge;

namespace CopilotBot.Extraction;

/// <summary>Span scores as conlleval defines them: a span counts where both boundaries and the label are right; micro average over all spans.</summary>
public sealed class SpanScore
{
    public int Expected { get; private set; }

    public int Found { get; private set; }

    public int Right { get; private set; }

    /// <summary>0 when there is neither an expected nor a found span.</summary>
    public double F1 => Expected + Found == 0 ? 0 : 2d * Right / (Expected + Found);

    /// <returns>Whether all spans of the message are right and none is missing.</returns>
    public bool Add(IReadOnlyCollection<(string Slot, TextSpan Span)> expected, IReadOnlyCollection<(string Slot, TextSpan Span)> found)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(found);
        var right = expected.Intersect(found).Count();
        Expected += expected.Count;
        Found += found.Count;
        Right += right;
        return right == expected.Count && right == found.Count;
    }
}
