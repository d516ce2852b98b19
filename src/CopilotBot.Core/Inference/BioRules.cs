namespace CopilotBot.Inference;

/// <summary>Which BIO tag may follow which: I-x only behind B-x or I-x.</summary>
internal static class BioRules
{
    /// <param name="from">Null at the start.</param>
    public static bool Allows(string? from, string to) =>
        !to.StartsWith("I-", StringComparison.Ordinal) || (from is not null && from.Length == to.Length && from[0] is 'B' or 'I' && from.AsSpan(1).SequenceEqual(to.AsSpan(1)));
}
