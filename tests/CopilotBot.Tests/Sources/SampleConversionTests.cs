using System.Text.Json;
using CopilotBot.Knowledge;
using CopilotBot.Sources.Confluence;
using CopilotBot.Sources.Jira;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Sources;

/// <summary>Real payloads convert without an exception, and spans lie where they should.</summary>
public sealed class SampleConversionTests
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
