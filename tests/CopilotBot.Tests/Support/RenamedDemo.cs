using System.Text.Json;

namespace CopilotBot.Tests.Support;

/// <summary>The demo knowledge of a company with other names, numbers and product words, indexed.</summary>
internal sealed class RenamedDemo : IDisposable
{
    /// <summary>The name "demo" belongs to the demo that ships.</summary>
    public const string Source = "renamed";

    private readonly TemporaryFolder _folder = new();

    private RenamedDemo(Renaming renaming) => Renaming = renaming;

    public Renaming Renaming { get; }

    public static async Task<RenamedDemo> CreateAsync(int seed)
    {
        var terms = JsonSerializer.Deserialize<string[]>(await File.ReadAllTextAsync(Path.Combine(RepositoryPaths.Root, "tests", "golden", "demo-terms.json")))!;
        var demo = new RenamedDemo(new Renaming(terms, seed));
        var original = Path.Combine(RepositoryPaths.Root, "src", "CopilotBot", "Demo");
        foreach (var file in Directory.EnumerateFiles(original, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".yaml", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            var text = await File.ReadAllTextAsync(file);
            demo._folder.Write(Path.Combine("company", Path.GetRelativePath(original, file)), file.EndsWith(".xml", StringComparison.Ordinal) ? demo.Renaming.Markup(text) : demo.Renaming.Json(text));
        }

        var added = await CommandRun.InProcessAsync(demo._folder.Path, "source", "add", "files", "--path", "company", "--name", Source, "--data", "data");
        added.Exit.ShouldBe(0, added.Error);
        return demo;
    }

    public async Task<string> AskAsync(string question, string person)
    {
        var run = await CommandRun.InProcessAsync(_folder.Path, "ask", question, "--as", person, "--json", "--data", "data");
        run.Exit.ShouldBe(0, run.Error);
        return run.Out;
    }

    public void Dispose() => _folder.Dispose();
}
