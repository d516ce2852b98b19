using System.Text.Json;
using CopilotBot.Indexing;

namespace CopilotBot.Tests.Indexing;

/// <summary>What tests ask a view for.</summary>
internal static class ViewContents
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Chunk ids and scores of a lexical search, in order.</summary>
    public static async Task<List<(string Id, float Score)>> LexicalAsync(this IKnowledgeView view, string query, int top = 1000) =>
        await view.NameAsync(await view.SearchLexicalAsync(query, top, Cancel));

    /// <summary>Chunk ids and scores of a dense search, in order.</summary>
    public static async Task<List<(string Id, float Score)>> DenseAsync(this IKnowledgeView view, float[] vector, int top = 1000) =>
        await view.NameAsync(await view.SearchDenseAsync(vector, top, Cancel));

    /// <summary>Every chunk of the view, by chunk id.</summary>
    public static async Task<List<IndexedChunk>> AllAsync(this IKnowledgeView view)
    {
        var hits = await view.SearchDenseAsync(Sample.UnitVector(new Random(1), Sample.SentenceDimensions), int.MaxValue, Cancel);
        var chunks = await view.GetChunksAsync([.. hits.Select(hit => hit.Row)], Cancel);
        return [.. chunks.OrderBy(chunk => chunk.Chunk.Id.Value, StringComparer.Ordinal)];
    }

    public static async Task<List<string>> IdsAsync(this IKnowledgeView view) => [.. (await view.AllAsync()).Select(chunk => chunk.Chunk.Id.Value)];

    /// <summary>Every chunk with everything that is stored of it, in a form that compares.</summary>
    public static async Task<List<string>> DumpAsync(this IKnowledgeView view) =>
        [.. (await view.AllAsync()).Select(chunk => JsonSerializer.Serialize(chunk with { Row = 0 }))];

    private static async Task<List<(string Id, float Score)>> NameAsync(this IKnowledgeView view, IReadOnlyList<ChunkHit> hits)
    {
        var chunks = await view.GetChunksAsync([.. hits.Select(hit => hit.Row)], Cancel);
        return [.. hits.Zip(chunks, (hit, chunk) => (chunk.Chunk.Id.Value, hit.Score))];
    }
}
