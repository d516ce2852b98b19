using CopilotBot.Knowledge;

namespace CopilotBot.Evaluation;

/// <summary>Documents, queries and judgements in the form of BEIR: corpus.jsonl, queries.jsonl and qrels.jsonl of a folder.</summary>
public sealed record RetrievalSet(string Name, IReadOnlyList<Document> Documents, IReadOnlyList<JudgedQuery> Queries)
{
    /// <summary>Source and layer of every document of a set.</summary>
    public static SourceName Source { get; } = new("set");

    public static LayerId Layer { get; } = new("set:all");

    /// <summary>
    /// Reads the folder. Queries without a relevant document are left out, since no metric is defined for them. As sets of this form vary: "_id" for "id",
    /// ids that are numbers, "score" for "rel", and judgements as tables (qrels.tsv, qrels/test.tsv).
    /// </summary>
    /// <exception cref="EvaluationException">A file is missing or a line is not what it should be; the message names file and line.</exception>
    public static RetrievalSet Load(string folder, int? limit = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (!Directory.Exists(folder))
        {
            throw new EvaluationException($"The set '{folder}' does not exist: name a folder with corpus.jsonl, queries.jsonl and qrels.jsonl.");
        }

        var (documentIds, queryIds) = (new HashSet<string>(), new HashSet<string>());
        var documents = SetFile.ReadJson(folder, "corpus.jsonl", row => ToDocument(NewId(row, documentIds), row));
        var judgements = Judgement.Load(folder).ToLookup(judgement => judgement.QueryId);
        var queries = SetFile.ReadJson(folder, "queries.jsonl", row => (Id: NewId(row, queryIds), Question: row.Text("text"), Exclude: row.Texts("exclude")))
            .Select(query => new JudgedQuery(
                query.Id,
                query.Question,
                judgements[query.Id].Where(row => row.Relevance > 0).DistinctBy(row => row.DocumentId).ToDictionary(row => IdOf(row.DocumentId), row => row.Relevance),
                query.Exclude.Select(IdOf).ToHashSet()))
            .Where(query => query.Relevant.Count > 0)
            .Take(limit ?? int.MaxValue)
            .ToList();
        return queries.Count > 0
            ? new RetrievalSet(Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)), documents, queries)
            : throw new EvaluationException($"The set '{folder}' has no query with a relevant document: check query_id, doc_id and rel of its qrels.jsonl.");
    }

    private static string NewId(SetRow row, HashSet<string> seen)
    {
        var id = row.Text("id", "_id");
        return seen.Add(id) ? id : throw new FormatException($"the id {id} stands in an earlier line");
    }

    private static DocumentId IdOf(string native) => DocumentId.Create(Source, "page", native);

    private static Document ToDocument(string id, SetRow row)
    {
        var body = new StructuredTextBuilder();
        foreach (var paragraph in row.Text("text").ReplaceLineEndings("\n").Split('\n'))
        {
            body.Paragraph(new InlineText(paragraph));
        }

        return new Document
        {
            Id = IdOf(id),
            Kind = DocumentKind.Page,
            Title = row.TextOrNull("title") ?? "",
            Body = body.Build(),
            Url = "",
            Updated = DateTimeOffset.UnixEpoch,
            Version = "1",
            Layers = [Layer],
        };
    }
}
