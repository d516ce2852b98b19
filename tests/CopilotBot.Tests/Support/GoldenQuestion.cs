using System.Text.Json;

namespace CopilotBot.Tests.Support;

/// <summary>A line of tests/golden/demo.jsonl.</summary>
/// <param name="As">Account id of the person who asks.</param>
/// <param name="Expect">The right outcome.</param>
/// <param name="MustHave">What the answer has to say.</param>
/// <param name="Documents">What it has to cite.</param>
/// <param name="Forbidden">What must not stand anywhere in it.</param>
internal sealed record GoldenQuestion(
    string Id, string Question, string As, string Expect, IReadOnlyList<string> MustHave, IReadOnlyList<string> Documents, IReadOnlyList<string> Forbidden)
{
    public static async Task<IReadOnlyList<GoldenQuestion>> ReadAllAsync()
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(RepositoryPaths.Root, "tests", "golden", "demo.jsonl"));
        return [.. lines.Select(line => JsonSerializer.Deserialize<GoldenQuestion>(line, JsonSerializerOptions.Web)!)];
    }

    public GoldenQuestion Renamed(Renaming renaming) => this with
    {
        Question = renaming.Text(Question),
        MustHave = [.. MustHave.Select(renaming.Text)],
        Documents = [.. Documents.Select(document => RenamedDemo.Source + document[document.IndexOf(':', StringComparison.Ordinal)..])],
        Forbidden = [.. Forbidden.Select(renaming.Text)],
    };

    /// <param name="json">What <c>ask --json</c> printed.</param>
    public bool IsRight(string json)
    {
        using var answer = JsonDocument.Parse(json);
        var text = answer.RootElement.GetProperty("text").GetString()!;
        var cited = answer.RootElement.GetProperty("citations").EnumerateArray().Select(citation => citation.GetProperty("documentId").GetString()).ToList();
        return answer.RootElement.GetProperty("outcome").GetString() == Expect
            && MustHave.All(word => text.Contains(word, StringComparison.OrdinalIgnoreCase))
            && Documents.All(cited.Contains);
    }
}
