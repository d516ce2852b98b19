using System.Diagnostics;
using System.Globalization;
using System.Numerics.Tensors;
using CopilotBot.Benchmarks.Calibration;
using CopilotBot.Indexing;
using CopilotBot.Inference;
using CopilotBot.Knowledge;

namespace CopilotBot.Benchmarks;

/// <summary>Chunks of a handbook encoded in batches of several sizes: speed against one text a run, and how far batch mates move a vector.</summary>
internal static class EncodingBenchmark
{
    private const int Chunks = 512;

    public static async Task RunAsync(string shared)
    {
        var model = ModelCatalog.Shipped.Single(entry => entry.Name == ModelCatalog.ShippedEncoder);
        using var single = new OnnxTextEncoder(model);
        var chunker = new HeadingChunker(single.CountTokens);
        List<string> texts =
        [
            .. File.ReadLines(Path.Combine(shared, "data", "kb-gsa-tts-handbook", "docs.jsonl")).SelectMany(line => chunker.Split(HandbookSet.Parse(line))).Take(Chunks).Select(chunk => chunk.EncoderInput),
        ];
        IReadOnlyList<TextEncoding> reference = [];
        double baseline = 0;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{texts.Count} chunks, {texts.Average(text => single.CountTokens(text)):0.0} word pieces on average, two runs at once, one thread each"));
        Console.WriteLine("| texts a run | ms a chunk | against 1 | lowest cosine with the vector of 1 |");
        Console.WriteLine("|---|---|---|---|");
        foreach (var size in (int[])[1, 4, 16])
        {
            using var encoder = new OnnxTextEncoder(model, batchSize: size);
            _ = await encoder.EncodeAsync(texts[..32], CancellationToken.None);
            var clock = Stopwatch.StartNew();
            var encodings = await encoder.EncodeAsync(texts, CancellationToken.None);
            var each = clock.Elapsed.TotalMilliseconds / texts.Count;
            (reference, baseline) = size == 1 ? (encodings, each) : (reference, baseline);
            var lowest = encodings.Zip(reference, (left, right) => TensorPrimitives.CosineSimilarity<float>(left.SentenceVector, right.SentenceVector)).Min();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {size} | {each:0.0} | {each / baseline:0.00} | {lowest:0.0000} |"));
        }
    }
}
