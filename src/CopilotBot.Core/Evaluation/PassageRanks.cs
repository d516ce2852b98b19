using CopilotBot.Knowledge;

namespace CopilotBot.Evaluation;

/// <summary>Where in what was retrieved the answer to a question stands.</summary>
/// <param name="Page">Rank of the first right page among the distinct pages, or null.</param>
/// <param name="Chunks">How many of the first five chunks it takes until all must-have words have appeared, or null.</param>
internal sealed record PassageRanks(int? Page, int? Chunks)
{
    private const int Deepest = 5;

    public static PassageRanks Of(IReadOnlyList<Chunk> chunks, IReadOnlySet<DocumentId> rightPages, IReadOnlyList<string>? mustHave)
    {
        var page = chunks.Select(chunk => chunk.DocumentId).Distinct().ToList().FindIndex(rightPages.Contains);
        var deep = Enumerable.Range(1, Math.Min(Deepest, chunks.Count)).FirstOrDefault(count => Hold(chunks.Take(count), mustHave));
        return new PassageRanks(page < 0 ? null : page + 1, deep == 0 ? null : deep);
    }

    public static bool Hold(IEnumerable<Chunk> chunks, IReadOnlyList<string>? words) => AnswerEvaluator.Holds(string.Join(' ', chunks.Select(chunk => chunk.Text)), words);
}
