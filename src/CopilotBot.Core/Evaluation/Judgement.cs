using System.Globalization;

namespace CopilotBot.Evaluation;

/// <summary>A document's relevance to a query; 0 or less when it has none.</summary>
internal sealed record Judgement(string QueryId, string DocumentId, int Relevance)
{
    private static readonly string[] Tables = ["qrels.tsv", Path.Combine("qrels", "test.tsv")];

    /// <summary>Reads qrels.jsonl, or a table in its place.</summary>
    /// <exception cref="EvaluationException">No file is there, or a line is no judgement; the message names file and line.</exception>
    public static IReadOnlyList<Judgement> Load(string folder) =>
        !File.Exists(Path.Combine(folder, "qrels.jsonl")) && Array.Find(Tables, table => File.Exists(Path.Combine(folder, table))) is { } found
            ? [.. SetFile.Read(folder, found, ParseColumns).OfType<Judgement>()]
            : SetFile.ReadJson(folder, "qrels.jsonl", row => new Judgement(
                row.Text("query_id", "query-id"), row.Text("doc_id", "corpus-id"), Whole(row.Text("rel", "score"))));

    /// <summary>Query, document and relevance; or as trec_eval reads them, with an iteration after the query. Null for the line of column names.</summary>
    private static Judgement? ParseColumns(string line) => line.Split('\t', ' ') switch
    {
        ["query-id" or "query_id", ..] => null,
        [var query, var document, var relevance] => new Judgement(query, document, Whole(relevance)),
        [var query, _, var document, var relevance] => new Judgement(query, document, Whole(relevance)),
        _ => throw new FormatException("a judgement has three columns, or four"),
    };

    private static int Whole(string number) =>
        double.TryParse(number, CultureInfo.InvariantCulture, out var value) && double.IsInteger(value) && Math.Abs(value) <= int.MaxValue
            ? (int)value
            : throw new FormatException("a relevance is a whole number");
}
