using CopilotBot.Answering;
using CopilotBot.Knowledge;

namespace CopilotBot.Commands;

/// <summary>What <c>ask --json</c> prints; scripts depend on these names.</summary>
internal sealed record AskJson(
    string Outcome, string Text, IReadOnlyList<AskJson.Source> Citations, AskJson.RelatedDocument? Related, int DocumentsSearched, IReadOnlyList<AskJson.Chunk> Retrieved,
    IReadOnlyDictionary<string, double> TimingsMs, string TraceId)
{
    public static AskJson Of(Answer answer) => new(
        answer.Outcome.ToString(),
        answer.Text,
        [.. answer.Citations.Select(Source.Of)],
        answer.Related is { } related ? new RelatedDocument(related.DocumentId.Value, related.Title, related.Url) : null,
        answer.DocumentsSearched,
        [.. answer.Retrieved.Select(Chunk.Of)],
        answer.TimingsMs,
        answer.TurnId.Value);

    internal sealed record Source(int N, string DocumentId, string Title, string Url, IReadOnlyList<string> HeadingPath, DateTimeOffset Updated, string Quote)
    {
        public static Source Of(Citation citation) => new(
            citation.Number, citation.DocumentId.Value, citation.Title, citation.Url, citation.HeadingPath, citation.Updated, citation.Quote);
    }

    /// <summary>Maybe related to a question that nothing answers.</summary>
    internal sealed record RelatedDocument(string DocumentId, string Title, string Url);

    internal sealed record Chunk(string ChunkId, string DocumentId, int? Bm25Rank, int? DenseRank, int? FusedRank, int? LateRank, double RerankScore)
    {
        public static Chunk Of(RetrievedChunk chunk) => new(
            chunk.ChunkId.Value, chunk.DocumentId.Value, chunk.Bm25Rank, chunk.DenseRank, chunk.FusedRank, chunk.LateRank, chunk.RerankScore);
    }
}
