using System.Text.Json;
using CopilotBot.Evaluation;
using CopilotBot.Indexing;
using CopilotBot.Indexing.Embedded;
using CopilotBot.Inference;
using CopilotBot.Knowledge;
using CopilotBot.Sources.Files;
using Microsoft.Extensions.Logging.Abstractions;

namespace CopilotBot.Benchmarks.Calibration;

/// <summary>Documents of ../shared/data indexed with the product's own chunker, encoder and index, kept in a folder between runs.</summary>
internal sealed class HandbookSet : IAsyncDisposable
{
    private static readonly SourceName Name = new("set");

    private HandbookSet(EmbeddedKnowledgeIndex index, OnnxTextEncoder encoder, IReadOnlyDictionary<DocumentId, Document> documents)
    {
        Index = index;
        Encoder = encoder;
        Documents = documents;
    }

    public static SourceName Source => Name;

    public EmbeddedKnowledgeIndex Index { get; }

    public OnnxTextEncoder Encoder { get; }

    public IReadOnlyDictionary<DocumentId, Document> Documents { get; }

    public static AllowedSets Allowed { get; } = new([AccessSetId.Of([new LayerId("set:folder")])]);

    public static async Task<HandbookSet> OpenAsync(string docs, string models, string folder)
    {
        var encoder = new OnnxTextEncoder(ModelEntry.InFolder(Path.Combine(models, "encoder"), ModelRole.Encoder));
        var documents = File.ReadLines(docs).Select(Parse).ToDictionary(document => document.Id);
        var isNew = !Directory.Exists(folder);
        var index = EmbeddedKnowledgeIndex.Open(folder, encoder.Fingerprint, new EmbeddedIndexOptions(), NullLogger<EmbeddedKnowledgeIndex>.Instance);
        if (isNew)
        {
            var chunker = new HeadingChunker(encoder.CountTokens);
            foreach (var part in documents.Values.Chunk(40))
            {
                var split = part.Select(document => (Document: document, Chunks: chunker.Split(document))).ToList();
                var encodings = await encoder.EncodeAsync([.. split.SelectMany(item => item.Chunks).Select(chunk => chunk.EncoderInput)], CancellationToken.None);
                var next = 0;
                await index.ApplyAsync(
                    new IndexBatch { Upserts = [.. split.Select(item => new IndexedDocument(item.Document.Id, item.Document.AccessSet, [.. item.Chunks.Select(chunk => new EncodedChunk(chunk, encodings[next++]))]))] },
                    CancellationToken.None);
                Console.Error.Write('.');
            }
        }

        Console.Error.WriteLine($"{index.GetStatistics().Documents} documents, {index.GetStatistics().Chunks} chunks");
        return new HandbookSet(index, encoder, documents);
    }

    public async ValueTask DisposeAsync()
    {
        await Index.DisposeAsync();
        Encoder.Dispose();
    }

    internal static Document Parse(string line)
    {
        using var json = JsonDocument.Parse(line);
        var text = json.RootElement.TryGetProperty("body", out var markdown) ? markdown : json.RootElement.GetProperty("text");
        var body = MarkdownConverter.Convert(text.GetString() ?? throw new EvaluationException("A record has no text."));
        return new Document
        {
            Id = DocumentId.Create(Name, "page", json.RootElement.GetProperty("id").GetString() ?? ""),
            Kind = DocumentKind.Page,
            Title = json.RootElement.GetProperty("title").GetString() ?? "",
            Body = body,
            Url = "",
            Updated = default,
            Version = "1",
            Layers = [new LayerId("set:folder")],
        };
    }
}
