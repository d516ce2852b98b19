using CopilotBot.Indexing;
using CopilotBot.Inference;
using CopilotBot.Knowledge;
using CopilotBot.Sources.Files;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Indexing;

public sealed class HeadingChunkerTests : IDisposable
{
    private readonly OnnxTextEncoder _encoder = new(ModelEntry.InFolder(Path.Combine(RepositoryPaths.Models, "encoder"), ModelRole.Encoder));

    [Fact]
    public void A_split_table_repeats_its_header()
    {
        var rows = string.Join('\n', Enumerable.Range(1, 60).Select(i => $"| VPN-{i:0000} | The connection failed for reason number {i} | Restart adapter {i} |"));
        var chunks = Split($"# Codes\n\n| Code | Meaning | Remedy |\n|---|---|---|\n{rows}\n");

        chunks.Count.ShouldBeGreaterThan(2);
        chunks.ShouldAllBe(chunk => chunk.Text.StartsWith("Code | Meaning | Remedy"));
        chunks.ShouldAllBe(chunk => chunk.Units[0].Kind == UnitKind.TableHeader);
        chunks.SelectMany(chunk => chunk.Units).Count(unit => unit.Kind == UnitKind.TableRow).ShouldBe(60);
    }

    [Fact]
    public async Task Chunks_fit_the_encoder_and_units_know_their_tokens()
    {
        var prose = string.Join(' ', Enumerable.Range(1, 200).Select(i => $"Sentence number {i} tells about the harbour gate and its opening hours."));
        var chunks = Split($"# Gate\n\n## Hours\n\n{prose}\n\n## Contact\n\nAsk the desk.\n");

        foreach (var chunk in chunks)
        {
            var encoding = (await _encoder.EncodeAsync([chunk.EncoderInput], TestContext.Current.CancellationToken))[0];
            encoding.TokenIds.Length.ShouldBeLessThanOrEqualTo(254);
            encoding.TokenIds.Length.ShouldBe(chunk.Units[^1].FirstToken + chunk.Units[^1].TokenCount);
        }

        chunks[^1].HeadingPath.ShouldBe(["Contact"]);
        chunks[^1].Anchor.ShouldBe("contact");
        chunks.Select(chunk => chunk.Id).Distinct().Count().ShouldBe(chunks.Count);
    }

    [Fact]
    public void Offsets_lead_back_into_the_page_and_ids_stay_the_same()
    {
        const string markdown = "# Leave\n\nEverybody has 27 days. They expire in March.\n\n## How\n\nAsk first:\n\n- the lead\n- the team\n";
        var document = Document(markdown);
        var chunks = new HeadingChunker(_encoder.CountTokens).Split(document);

        chunks.ShouldAllBe(chunk => chunk.Span.Of(document.Body.Text) == chunk.Text);
        chunks.Select(chunk => chunk.Id).ShouldBe(Split(markdown).Select(chunk => chunk.Id));
        var list = chunks[^1];
        list.Units.Where(unit => unit.Kind == UnitKind.ListItem).ShouldAllBe(unit => list.Units[unit.LeadIn].Span.Of(list.Text) == "Ask first:");
    }

    [Theory]
    [InlineData("", "Printer on fire")]
    [InlineData("# Printer on fire\n\n## Ground floor\n\n## Roof\n", "Printer on fire\nGround floor\nRoof")]
    public void A_document_without_text_is_found_by_what_it_is_called(string markdown, string text)
    {
        var chunk = new HeadingChunker(_encoder.CountTokens).Split(Document(markdown) with { Title = "Printer on fire", Key = "HELP-12" }).ShouldHaveSingleItem();

        chunk.Text.ShouldBe(text);
        chunk.Units.Select(unit => unit.Span.Of(chunk.Text)).ShouldBe(text.Split('\n'));
        chunk.Key.ShouldBe("HELP-12");
        new HeadingChunker(_encoder.CountTokens).Split(Document("") with { Title = " " }).ShouldBeEmpty();
    }

    [Fact]
    public void A_chunk_knows_what_it_links_to()
    {
        var chunks = Split("# Start\n\nSee [the rules](../rules.md#late) and [more](https://elsewhere.example).\n\n## Next\n\nNothing but [pay](pay/day.md).\n");

        chunks.Select(chunk => chunk.Links).ShouldBe([["test:page:rules.md"], ["test:page:pay/day.md"]]);
    }

    public void Dispose() => _encoder.Dispose();

    private IReadOnlyList<Chunk> Split(string markdown) => new HeadingChunker(_encoder.CountTokens).Split(Document(markdown));

    private static Document Document(string markdown)
    {
        var body = MarkdownConverter.Convert(markdown);
        return new Document
        {
            Id = new DocumentId("test:page:1"),
            Kind = DocumentKind.Page,
            Title = MarkdownConverter.TitleOf(body) ?? "",
            Body = body,
            Url = "",
            Updated = default,
            Version = "1",
            Layers = [new LayerId("test:folder")],
        };
    }
}
