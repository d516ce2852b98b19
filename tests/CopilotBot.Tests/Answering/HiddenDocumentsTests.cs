using System.Text.Json.Nodes;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Answering;

/// <summary>
/// What a person may not read does not exist for them: every reply is, to the byte, the reply of an index that never held it. That is what makes it safe to say what was
/// searched and to offer the nearest page.
/// </summary>
public sealed class HiddenDocumentsTests : IDisposable
{
    private const string Person = "acc-19c0de";

    /// <summary>In the demo nobody outside the People team, the leadership or the Kelpline team reads these.</summary>
    private static readonly string[] Hidden = ["1020", "1021", "1022", "1030", "1031", "1032", "1033", "KELP-3", "KELP-9", "KELP-11", "KELP-12", "KELP-14"];

    private static readonly string[] HiddenTitles = ["Salary bands", "Leave exceptions", "Relocation support", "Nightjar", "Succession"];

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Every_reply_is_that_of_an_index_without_the_hidden_documents()
    {
        await IndexAsync("whole", _ => true);
        await IndexAsync("bare", file => !Hidden.Contains(Path.GetFileName(file).Split('.')[0]));
        var questions = (await GoldenQuestion.ReadAllAsync()).Select(question => question.Question).Distinct().ToList();
        var related = 0;

        foreach (var question in questions)
        {
            var reply = await AskAsync("whole", question);

            reply.ToJsonString().ShouldBe((await AskAsync("bare", question)).ToJsonString(), question);
            HiddenTitles.ShouldAllBe(title => !reply.ToJsonString().Contains(title, StringComparison.OrdinalIgnoreCase));
            related += reply["related"] is null ? 0 : 1;
        }

        related.ShouldBeGreaterThan(0, "nothing was offered, so the test saw too little");
    }

    public void Dispose() => _folder.Dispose();

    private async Task IndexAsync(string name, Func<string, bool> holds)
    {
        var demo = Path.Combine(RepositoryPaths.Root, "src", "CopilotBot", "Demo");
        foreach (var file in Directory.EnumerateFiles(demo, "*", SearchOption.AllDirectories).Where(holds))
        {
            _folder.Write(Path.Combine(name, Path.GetRelativePath(demo, file)), await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        }

        var added = await CommandRun.InProcessAsync(_folder.Path, "source", "add", "files", "--path", name, "--name", "company", "--data", $"data-{name}");
        added.Exit.ShouldBe(0, added.Error);
    }

    private async Task<JsonObject> AskAsync(string name, string question)
    {
        var run = await CommandRun.InProcessAsync(_folder.Path, "ask", question, "--as", Person, "--json", "--data", $"data-{name}");
        run.Exit.ShouldBe(0, run.Error);
        var reply = JsonNode.Parse(run.Out)!.AsObject();
        reply.Remove("traceId").ShouldBeTrue();
        reply.Remove("timingsMs").ShouldBeTrue();
        return reply;
    }
}
