using System.Text.Json;
using CopilotBot.Knowledge;

namespace CopilotBot.Evaluation;

/// <summary>Documents, queries and judgements in the form of BEIR: corpus.jsonl, queries.jsonl and qrels.jsonl of a folder.</summary>
public sealed record RetrievalSet(string Name, IReadOnlyList<Document> Documents, IReadOnlyList<JudgedQuery> Queries)
{
    /// <summary>Source and layer of every document of a set.</summary>
    public static SourceName Source { get; } = new("set");

    public static LayerId Layer { get; } = new("set:all");

    /// <summary>Reads the folder. Queries without a relevant document are left out, since no metric is defined for them.</summary>
    /// <exception cref="EvaluationException">A file is missing or a line is not what it should be; the message names file and line.</exception>
    public static RetrievalSet Load(string folder, int? limit = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var documents = Read(folder, "corpus.jsonl", row => ToDocument(Text(row, "id"), row.TryGetProperty("title", out var title) ? title.GetString() ?? "" : "", Text(row, "text")));
        var judgements = Read(folder, "qrels.jsonl", row => (Query: Text(row, "query_id"), Document: Text(row, "doc_id"), Relevance: row.GetProperty("rel").GetInt32())).ToLookup(row => row.Query);
        var queries = Read(folder, "queries.jsonl", row => (Id: Text(row, "id"), Question: Text(row, "text"), Exclude: Excluded(row)))
            .Select(query => new JudgedQuery(
                query.Id,
                query.Question,
                judgements[query.Id].Where(row => row.Relevance > 0).DistinctBy(row => row.Document).ToDictionary(row => IdOf(row.Document), row => row.Relevance),
                query.Exclude.Select(IdOf).ToHashSet()))
            .Where(query => query.Relevant.Count > 0)
            .Take(limit ?? int.MaxValue)
            .ToList();
        return queries.Count > 0
            ? new RetrievalSet(Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)), documents, queries)
            : throw new EvaluationException($"The set '{folder}' has no query with a relevant document: check query_id, doc_id and rel of its qrels.jsonl.");
    }

    private static DocumentId IdOf(string native) => DocumentId.Create(Source, "page", native);

    private static Document ToDocument(string id, string title, string text)
    {
        var body = new StructuredTextBuilder();
        foreach (var paragraph in text.ReplaceLineEndings("\n").Split('\n'))
        {
            body.Paragraph(new InlineText(paragraph));
        }

        return new Document { Id = IdOf(id), Kind = DocumentKind.Page, Title = title, Body = body.Build(), Url = "", Updated = DateTimeOffset.UnixEpoch, Version = "1", Layers = [Layer] };
    }

    private static List<string> Excluded(JsonElement row) => !row.TryGetProperty("exclude", out var exclude) ? []
        : exclude.ValueKind == JsonValueKind.Array ? [.. exclude.EnumerateArray().Select(id => id.GetString() ?? "")]
        : [exclude.GetString() ?? ""];

    private static string Text(JsonElement row, string property) => row.GetProperty(property).GetString() ?? throw new InvalidOperationException($"{property} is null.");

    private static List<T> Read<T>(string folder, string file, Func<JsonElement, T> parse)
    {
        var path = Path.Combine(folder, file);
        if (!File.Exists(path))
        {
            throw new EvaluationException($"The set '{folder}' has no {file}: name a folder with corpus.jsonl, queries.jsonl and qrels.jsonl.");
        }

        var rows = new List<T>();
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            try
            {
                if (!string.IsNullOrWhiteSpace(line))
                {
                    using var json = JsonDocument.Parse(line);
                    rows.Add(parse(json.RootElement));
                }
            }
            catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
            {
                throw new EvaluationException($"Line {number} of '{path}' does not have the properties of its kind: correct it.", exception);
            }
        }

        return rows;
    }
}
