using System.Globalization;
using System.Numerics.Tensors;
using CopilotBot.Indexing;
using CopilotBot.Inference;
using CopilotBot.Knowledge;

namespace CopilotBot.Benchmarks.Scale;

/// <summary>
/// Documents put together from a few thousand sentences and headings that the real encoder has read: the token vectors of a chunk are those of its parts one
/// after another, its sentence vector is their normalised mean plus seeded noise. Reading 100,000 chunks with the model would take a quarter of an hour.
/// </summary>
internal sealed class ScaleCorpus
{
    public const int Sentences = 6000;

    private const int Headings = 1500;
    private const int Seed = 20261124;
    private const int LongestChunk = 250;
    private const int ShortestChunk = 20;
    private const float Noise = 0.35f;

    private readonly IReadOnlyList<EncodedText> _sentences;
    private readonly IReadOnlyList<EncodedText> _headings;

    private ScaleCorpus(IReadOnlyList<EncodedText> sentences, IReadOnlyList<EncodedText> headings) => (_sentences, _headings) = (sentences, headings);

    /// <summary>Access sets among which the documents are spread.</summary>
    public static IReadOnlyList<AccessSetId> AccessSets { get; } = [.. Enumerable.Range(0, 12).Select(i => AccessSetId.Of([new LayerId($"scale:space:{i}")]))];

    public static async Task<ScaleCorpus> CreateAsync(ScaleText text, OnnxTextEncoder encoder)
    {
        var random = new Random(Seed);
        return new ScaleCorpus(
            await EncodeAsync(encoder, [.. Enumerable.Range(0, Sentences).Select(_ => text.Sentence(random))]),
            await EncodeAsync(encoder, [.. Enumerable.Range(0, Headings).Select(_ => $"{text.Heading(random)}.")]));
    }

    /// <summary>Documents of 1 to 16 chunks until there are so many chunks.</summary>
    public IEnumerable<IndexedDocument> Documents(int chunks)
    {
        var random = new Random(Seed + 1);
        for (var number = 0; chunks > 0; number++)
        {
            var count = Math.Min(chunks, random.Next(1, 17));
            chunks -= count;
            var id = DocumentId.Create(new SourceName("scale"), "page", number.ToString("D6", CultureInfo.InvariantCulture));
            EncodedText[] title = [Pick(_headings, random), Pick(_headings, random)];
            yield return new IndexedDocument(id, AccessSets[random.Next(AccessSets.Count)], [.. Enumerable.Range(0, count).Select(ordinal => Chunk(id, ordinal, title, Pick(_headings, random), random))]);
        }
    }

    private EncodedChunk Chunk(DocumentId id, int ordinal, EncodedText[] title, EncodedText heading, Random random)
    {
        // Lengths lie around 120 word pieces, from 20 to 250.
        var wanted = Math.Clamp(112 + (52 * Gauss(random)), ShortestChunk, LongestChunk);
        List<EncodedText> parts = [.. title, heading];
        var pieces = parts.Sum(part => part.Encoding.TokenIds.Length);
        var units = new List<ChunkUnit>();
        var text = "";
        while (pieces < wanted || units.Count == 0)
        {
            var sentence = Pick(_sentences, random);
            if (pieces + sentence.Encoding.TokenIds.Length > LongestChunk)
            {
                break;
            }

            var start = text.Length == 0 ? 0 : text.Length + 1;
            text = text.Length == 0 ? sentence.Text : $"{text} {sentence.Text}";
            units.Add(new ChunkUnit(UnitKind.Sentence, new TextSpan(start, sentence.Text.Length), pieces, sentence.Encoding.TokenIds.Length, -1));
            parts.Add(sentence);
            pieces += sentence.Encoding.TokenIds.Length;
        }

        var chunk = new Chunk
        {
            Id = new ChunkId($"{id.Value}/{ordinal.ToString("D3", CultureInfo.InvariantCulture)}"),
            DocumentId = id,
            Ordinal = ordinal,
            Title = string.Join(' ', title.Select(part => part.Text.TrimEnd('.'))),
            HeadingPath = [heading.Text.TrimEnd('.')],
            Anchor = "part",
            Text = text,
            Span = new TextSpan(0, text.Length),
            Units = units,
        };
        var dimensions = parts[0].Encoding.TokenDimensions;
        return new EncodedChunk(
            chunk, new TextEncoding([.. parts.SelectMany(part => part.Encoding.TokenIds)], SentenceVector(parts, random), [.. parts.SelectMany(part => part.Encoding.TokenVectors)], dimensions));
    }

    private static float[] SentenceVector(List<EncodedText> parts, Random random)
    {
        var vector = new float[parts[0].Encoding.SentenceVector.Length];
        foreach (var part in parts)
        {
            TensorPrimitives.MultiplyAdd(part.Encoding.SentenceVector, part.Encoding.TokenIds.Length, vector, vector);
        }

        Normalize(vector);
        var noise = new float[vector.Length];
        for (var i = 0; i < noise.Length; i++)
        {
            noise[i] = (float)Gauss(random);
        }

        Normalize(noise);
        TensorPrimitives.MultiplyAdd(noise, Noise, vector, vector);
        Normalize(vector);
        return vector;
    }

    private static void Normalize(float[] vector) => TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);

    private static double Gauss(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static async Task<IReadOnlyList<EncodedText>> EncodeAsync(OnnxTextEncoder encoder, IReadOnlyList<string> texts)
    {
        var encoded = new List<EncodedText>(texts.Count);
        foreach (var part in texts.Chunk(256))
        {
            encoded.AddRange(part.Zip(await encoder.EncodeAsync(part, CancellationToken.None), (text, encoding) => new EncodedText(text, encoding)));
        }

        return encoded;
    }

    private static T Pick<T>(IReadOnlyList<T> items, Random random) => items[random.Next(items.Count)];
}
