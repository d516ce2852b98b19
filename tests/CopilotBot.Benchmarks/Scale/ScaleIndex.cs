using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CopilotBot.Indexing;
using CopilotBot.Indexing.Embedded;
using CopilotBot.Inference;
using CopilotBot.Knowledge;
using Microsoft.Extensions.Logging.Abstractions;

namespace CopilotBot.Benchmarks.Scale;

/// <summary>The generated index and its questions, kept in the temporary folder for the next run.</summary>
internal static class ScaleIndex
{
    public const int Chunks = 100_000;
    public const int Questions = 500;

    private const int ChunksPerCommit = 2048;

    private static readonly string Folder = Path.Combine(Path.GetTempPath(), $"copilotbot-scale-{Chunks}-2");

    private static string QuestionsFile => Path.Combine(Folder, "questions.json");

    public static AllowedSets Everything { get; } = new(ScaleCorpus.AccessSets);

    public static ModelEntry Model { get; } = ModelCatalog.Shipped.Single(model => model.Name == ModelCatalog.ShippedEncoder);

    /// <summary>Built by another process where it is not there, so that what building takes is not counted as memory of searching.</summary>
    public static async Task<(IKnowledgeIndex Index, IReadOnlyList<string> Questions)> OpenAsync()
    {
        if (!File.Exists(QuestionsFile))
        {
            using var builder = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "CopilotBot.Benchmarks.dll"), "scale-build"]))
                ?? throw new InvalidOperationException("dotnet did not start.");
            await builder.WaitForExitAsync();
        }

        var questions = JsonSerializer.Deserialize<List<string>>(await File.ReadAllTextAsync(QuestionsFile)) ?? [];
        return (OpenFolder(), questions);
    }

    public static async Task BuildAsync()
    {
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }

        var clock = Stopwatch.StartNew();
        using var encoder = new OnnxTextEncoder(Model);
        var text = new ScaleText(Model);
        var corpus = await ScaleCorpus.CreateAsync(text, encoder);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{ScaleCorpus.Sentences} sentences of {text.Words} words encoded in {clock.Elapsed.TotalSeconds:0} s"));
        var random = new Random(7);
        var asked = new List<string>();
        await using (var index = OpenFolder())
        {
            var batch = new List<IndexedDocument>();
            var (pending, done) = (0, 0);
            foreach (var document in corpus.Documents(Chunks))
            {
                batch.Add(document);
                pending += document.Chunks.Count;
                done += document.Chunks.Count;
                if (pending >= ChunksPerCommit || done == Chunks)
                {
                    // Every commit gives a few questions, so that they come from all over the index.
                    for (var i = 0; i < 12; i++)
                    {
                        var chunk = batch[random.Next(batch.Count)].Chunks[0].Chunk;
                        asked.Add(text.Question(random, $"{chunk.Title} {chunk.HeadingPath[0]} {chunk.Text}"));
                    }

                    await index.ApplyAsync(new IndexBatch { Upserts = [.. batch] }, CancellationToken.None);
                    batch.Clear();
                    pending = 0;
                }
            }
        }

        await File.WriteAllTextAsync(QuestionsFile, JsonSerializer.Serialize(asked.OrderBy(_ => random.Next()).Take(Questions)));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Chunks} chunks indexed in {clock.Elapsed.TotalSeconds:0} s"));
    }

    private static EmbeddedKnowledgeIndex OpenFolder() =>
        EmbeddedKnowledgeIndex.Open(Path.Combine(Folder, "index"), Model.Fingerprint, new EmbeddedIndexOptions(), NullLogger<EmbeddedKnowledgeIndex>.Instance);
}
