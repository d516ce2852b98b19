using System.Text.Json;
using System.Text.RegularExpressions;
using CopilotBot.Knowledge;
using CopilotBot.Sources.Confluence;
using CopilotBot.Sources.Jira;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Sources;

/// <summary>Real payloads convert without an exception, and spans lie where they should.</summary>
public sealed partial class SampleConversionTests
{
    private static readonly string Samples = Path.Combine(RepositoryPaths.Shared, "samples");

    [Fact]
    public void Every_storage_format_sample_converts_to_text()
    {
        Assert.SkipUnless(Directory.Exists(Samples), "../shared/samples is absent.");
        var files = Directory.EnumerateFiles(Samples, "*", SearchOption.AllDirectories).Where(file => file.EndsWith(".html", StringComparison.Ordinal) || file.EndsWith(".xml", StringComparison.Ordinal)).ToList();
        files.Count.ShouldBeGreaterThan(20);
        foreach (var file in files)
        {
            Check(StorageFormatConverter.Convert(File.ReadAllText(file), _ => "Somebody"), file);
        }
    }

    [Fact]
    public void Every_issue_sample_converts()
    {
        Assert.SkipUnless(Directory.Exists(Samples), "../shared/samples is absent.");
        var read = 0;
        foreach (var file in Directory.EnumerateFiles(Samples, "*.json", SearchOption.AllDirectories))
        {
            using var json = JsonDocument.Parse(File.ReadAllText(file));
            foreach (var document in Documents(json.RootElement))
            {
                Check(AdfConverter.Convert(document), file);
                read++;
            }
        }

        read.ShouldBeGreaterThan(4);
    }

    [Fact]
    public void Every_issue_of_every_sample_becomes_documents()
    {
        Assert.SkipUnless(Directory.Exists(Samples), "../shared/samples is absent.");
        var issues = new Dictionary<string, int>();
        foreach (var file in Directory.EnumerateFiles(Samples, "*", SearchOption.AllDirectories).Where(file => Path.GetExtension(file) is ".json" or ".csv" or ".txt"))
        {
            foreach (var payload in Payloads(file))
            {
                using var json = JsonDocument.Parse(payload);
                foreach (var issue in Issues(json.RootElement))
                {
                    var documents = new JiraSite(new SourceName("jira"), "https://tickets.example").ToDocuments(issue, [new LayerId("jira:project:1")]);

                    documents[0].Title.ShouldNotBeEmpty(file);
                    documents.ShouldAllBe(document => document.Layers.Count > 0);
                    foreach (var document in documents)
                    {
                        Check(document.Body, file);
                    }

                    issues[Path.GetExtension(file)] = issues.GetValueOrDefault(Path.GetExtension(file)) + 1;
                }
            }
        }

        issues[".json"].ShouldBeGreaterThan(10);
        issues[".csv"].ShouldBeGreaterThan(30);
        issues[".txt"].ShouldBe(1);
    }

    [Fact]
    public void An_include_macro_brings_nothing_of_the_other_page()
    {
        var text = StorageFormatConverter.Convert(
            "<p>Before.</p><ac:structured-macro ac:name=\"include\"><ac:parameter ac:name=\"\"><ac:link><ri:page ri:content-title=\"Salary bands\" /></ac:link></ac:parameter></ac:structured-macro><p>After.</p>", _ => null);

        text.Text.ShouldBe("Before.\nAfter.");
    }

    [Fact]
    public void An_unknown_macro_keeps_its_text_and_a_table_its_header()
    {
        var text = StorageFormatConverter.Convert(
            "<ac:structured-macro ac:name=\"vendor-thing\"><ac:rich-text-body><p>Kept &ndash; here.</p></ac:rich-text-body></ac:structured-macro><table><tbody><tr><th>Code</th><th>Meaning</th></tr><tr><td>A-1</td><td>Full</td></tr></tbody></table>", _ => null);

        text.Text.ShouldBe("Kept \u2013 here.\nCode | Meaning\nA-1 | Full");
        text.Blocks.OfType<TextBlock.Table>().Single().Header.ShouldNotBeNull().Span.Of(text.Text).ShouldBe("Code | Meaning");
    }

    [Fact]
    public void Inline_texts_of_ADF_are_joined_without_spaces()
    {
        using var json = JsonDocument.Parse("""{"type":"doc","version":1,"content":[{"type":"paragraph","content":[{"type":"text","text":"un"},{"type":"text","text":"break","marks":[{"type":"strong"}]},{"type":"text","text":"able"}]}]}""");

        AdfConverter.Convert(json.RootElement).Text.ShouldBe("unbreakable");
    }

    private static IEnumerable<JsonElement> Documents(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object when element.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.GetString() == "doc" => [element],
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Documents(property.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Documents),
        _ => [],
    };

    private static IEnumerable<JsonElement> Issues(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object when element.TryGetProperty("fields", out var fields) && fields.ValueKind == JsonValueKind.Object && fields.TryGetProperty("summary", out _) && element.TryGetProperty("id", out _) => [element],
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Issues(property.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Issues),
        _ => [],
    };

    /// <summary>The file itself, the JSON cells of a CSV, or the literal that a Python file assigns, which is JSON with lower-case words made Python's.</summary>
    private static IEnumerable<string> Payloads(string file)
    {
        var text = File.ReadAllText(file);
        return Path.GetExtension(file) switch
        {
            ".csv" => JsonCell().Matches(text).Select(cell => cell.Groups[1].Value.Replace("\"\"", "\"", StringComparison.Ordinal)),
            ".txt" => [PythonLiteral(text)],
            _ => [text],
        };
    }

    private static string PythonLiteral(string text)
    {
        var start = text.IndexOf("= {", StringComparison.Ordinal) + 2;
        var end = text.IndexOf("\n}", start, StringComparison.Ordinal);
        return end < 0 ? "{}" : TrailingComma().Replace(text[start..(end + 2)].Replace(": None", ": null", StringComparison.Ordinal).Replace(": True", ": true", StringComparison.Ordinal).Replace(": False", ": false", StringComparison.Ordinal), "$1");
    }

    [GeneratedRegex("\"(\\{(?:[^\"]|\"\")*)\"", RegexOptions.NonBacktracking)]
    private static partial Regex JsonCell();

    [GeneratedRegex(@",(\s*[}\]])")]
    private static partial Regex TrailingComma();

    private static void Check(StructuredText text, string file)
    {
        text.ShouldNotBeNull(file);
        var position = 0;
        foreach (var block in text.Blocks)
        {
            block.Span.Start.ShouldBeGreaterThanOrEqualTo(position, file);
            block.Span.End.ShouldBeLessThanOrEqualTo(text.Text.Length, file);
            position = block.Span.End;
        }
    }
}
