using System.Globalization;
using CopilotBot.Indexing;
using CopilotBot.Knowledge;

namespace CopilotBot.Tests.Indexing;

/// <summary>Documents with made-up vectors: no model is needed to test an index.</summary>
internal static class Sample
{
    public const int SentenceDimensions = 40;
    public const int TokenDimensions = 8;

    public static AccessSetId Public { get; } = Set("public");

    public static AccessSetId Secret { get; } = Set("secret");

    public static AllowedSets Everything { get; } = Allowed(Public, Secret);

    public static AccessSetId Set(string name) => AccessSetId.Of([new LayerId($"test:space:{name}")]);

    public static AllowedSets Allowed(params AccessSetId[] ids) => new(ids);

    public static DocumentId Id(string name, string source = "test") => DocumentId.Create(new SourceName(source), "page", name);

    public static IndexBatch Upsert(params IndexedDocument[] documents) => new() { Upserts = documents };

    /// <summary>A document with one chunk for each text. The vectors follow from the texts.</summary>
    public static IndexedDocument Document(string name, AccessSetId accessSet, params string[] texts) =>
        Document(Id(name), accessSet, $"Title of {name}", texts);

    public static IndexedDocument Document(DocumentId id, AccessSetId accessSet, string title, params string[] texts) =>
        new(id, accessSet, [.. texts.Select((text, ordinal) => Encoded(Chunk(id, ordinal, title, ["Part"], text)))]);

    public static Chunk Chunk(DocumentId id, int ordinal, string title, IReadOnlyList<string> headings, string text) => new()
    {
        Id = new ChunkId($"{id.Value}/{ordinal.ToString("D3", CultureInfo.InvariantCulture)}"),
        DocumentId = id,
        Ordinal = ordinal,
        Title = title,
        HeadingPath = headings,
        Anchor = "part",
        Text = text,
        Span = new TextSpan(ordinal * 100, text.Length),
        Units = [new ChunkUnit(UnitKind.Sentence, new TextSpan(0, text.Length), 0, text.Length, -1)],
    };

    public static EncodedChunk Encoded(Chunk chunk) => new(chunk, Encode(chunk.Text, chunk.EncoderInput));

    /// <summary>Vectors that follow from the text alone.</summary>
    public static TextEncoding Encode(string text) => Encode(text, text);

    private static TextEncoding Encode(string text, string seed)
    {
        var tokens = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(TokenId).ToArray();
        var random = new Random(Seed(seed));
        var tokenVectors = tokens.SelectMany(_ => UnitVector(random, TokenDimensions)).ToArray();
        return new TextEncoding(tokens, UnitVector(random, SentenceDimensions), tokenVectors, TokenDimensions);
    }

    public static int TokenId(string word) => (Seed(word) & 0x7FFF) + 1;

    public static float[] UnitVector(Random random, int dimensions)
    {
        var vector = Enumerable.Range(0, dimensions).Select(_ => (float)((random.NextDouble() * 2) - 1)).ToArray();
        var length = MathF.Sqrt(vector.Sum(value => value * value));
        return [.. vector.Select(value => value / length)];
    }

    private static int Seed(string text) => text.Aggregate(17, (seed, c) => unchecked((seed * 31) + c)) & int.MaxValue;
}
