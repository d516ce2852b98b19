namespace CopilotBot.FineTuning;

/// <summary>What is trained on.</summary>
/// <param name="Pieces">Ids of the pieces of each word.</param>
/// <param name="Tags">BIO, one for each word.</param>
internal sealed record TaggedPieces(IReadOnlyList<int[]> Pieces, IReadOnlyList<string> Tags, string Intent)
{
    /// <summary>Tokens with CLS and SEP.</summary>
    public int Length { get; } = Pieces.Sum(word => word.Length) + 2;
}
