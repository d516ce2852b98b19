using System.Text.Json;
using CopilotBot.Evaluation;

namespace CopilotBot.Benchmarks.Calibration;

/// <summary>The search questions of train-ret-nq-gold (for training only) in the form of an answer set.</summary>
internal static class SearchQuestions
{
    public static IReadOnlyList<AnswerQuestion> Load(string folder)
    {
        var gold = Read(Path.Combine(folder, "qrels.jsonl")).ToLookup(row => row.GetProperty("query_id").GetString(), row => row.GetProperty("doc_id").GetString());
        return
        [
            .. Read(Path.Combine(folder, "queries.jsonl")).Select(row => (Id: row.GetProperty("id").GetString() ?? "", Row: row)).Select(query => new AnswerQuestion(
                query.Id, query.Row.GetProperty("text").GetString() ?? "", gold[query.Id].First(), [query.Row.GetProperty("answers")[0].GetString() ?? ""], null, null)),
        ];
    }

    private static IEnumerable<JsonElement> Read(string path) => File.ReadLines(path).Select(line => JsonSerializer.Deserialize<JsonElement>(line));
}
