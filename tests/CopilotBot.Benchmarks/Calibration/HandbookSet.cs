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

    private HandbookSet(IKnowledgeIndex index, OnnxTextEncoder encoder, IReadOnlyDictionary<DocumentId, Document> documents)
    {
        Index = index;
        Encoder = encoder;
        Documents = documents;
    }

    public static SourceName Source => Name;

    public IKnowledgeIndex Index { get; }

    public OnnxTextEncoder Encoder { get; }

    public IReadOnlyDictionary<DocumentId, Document> Documents { get; }

    public static AllowedSets Allowed { get; } = new([AccessSetId.Of([new LayerId("set:folder")])]);

    public static async Task<HandbookSet> OpenAsync(string docs, string models, string folder)
    {
        var encoder = new OnnxTextEncoder(ModelEntry.InFolder(Path.Combine(models, "encoder"), ModelRole.Encoder));
        var documents = File.ReadLines(docs).Select(Parse).ToDictionary(document => document.Id);
        var index = await SetIndex.OpenAsync(
            folder,
            Path.GetFileName(Path.GetDirectoryName(docs)) ?? "set",
            documents.Values,
            new HeadingChunker(encoder.CountTokens),
            encoder,
            path => EmbeddedKnowledgeIndex.Open(path, encoder.Fingerprint, new EmbeddedIndexOptions(), NullLogger<EmbeddedKnowledgeIndex>.Instance),
            _ => Console.Error.Write('.'),
            CancellationToken.None);
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
