using System.Text.Json;
using CopilotBot.Knowledge;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Storage;

public abstract class DocumentStoreConformance
{
    protected abstract IDocumentStore Store { get; }

    /// <summary>The same store as a later process finds it.</summary>
    protected abstract IDocumentStore Reopen();

    [Fact]
    public void A_document_comes_back_with_every_block_for_the_next_process()
    {
        const string text = "Head\nOne two\n- item\na | b\ncode\nNote\ninside";
        var row = new TableRow(new TextSpan(20, 5), [new TextSpan(20, 1), new TextSpan(24, 1)]);
        var document = Some.Document("rich") with
        {
            Kind = DocumentKind.Ticket,
            Key = "HELP-12",
            Labels = ["vpn", "Ünïcode"],
            Updated = new DateTimeOffset(2026, 3, 4, 9, 12, 33, TimeSpan.FromHours(9)).AddTicks(1),
            Layers = [Some.Layer("b"), Some.Layer("a")],
            Body = new StructuredText(
                text,
                [
                    new TextBlock.Heading(new TextSpan(0, 4), 2, "Head"),
                    new TextBlock.Paragraph(new TextSpan(5, 7)),
                    new TextBlock.ListBlock(new TextSpan(13, 6), [new ListItem(new TextSpan(15, 4), 1, "[x]")]),
                    new TextBlock.Table(new TextSpan(20, 5), null, [row]),
                    new TextBlock.Code(new TextSpan(26, 4), "csharp"),
                    new TextBlock.Callout(new TextSpan(31, 11), "info", new TextSpan(31, 4), [new TextBlock.Paragraph(new TextSpan(36, 6))]),
                ],
                [new TextLink(new TextSpan(5, 3), "page:IT:Other")]),
        };
        Store.Save([document]);

        var found = Reopen().Find(document.Id).ShouldNotBeNull();

        JsonSerializer.Serialize(found).ShouldBe(JsonSerializer.Serialize(document));
        found.Body.Blocks[5].ShouldBeOfType<TextBlock.Callout>().Blocks[0].ShouldBe(new TextBlock.Paragraph(new TextSpan(36, 6)));
        Store.GetHeaders([document.Id])[document.Id].ShouldBe(DocumentHeader.Of(document));
    }

    [Fact]
    public void Saving_again_replaces()
    {
        Store.Save([Some.Document("one"), Some.Document("two")]);

        Store.Save([Some.Document("one", "Other text.", layer: "few", version: "2")]);

        Store.Find(Some.Id("one")).ShouldNotBeNull().Body.Text.ShouldBe("Other text.");
        Store.GetHeaders(Some.Source).Count.ShouldBe(2);
        Store.GetHeaders([Some.Id("one")])[Some.Id("one")].AccessSet.ShouldBe(AccessSetId.Of([Some.Layer("few")]));
    }

    [Fact]
    public void Removed_documents_are_gone_and_unknown_ids_do_no_harm()
    {
        Store.Save([Some.Document("one"), Some.Document("two")]);

        Store.Remove([Some.Id("one"), Some.Id("never")]);

        Store.Find(Some.Id("one")).ShouldBeNull();
        Store.GetHeaders([Some.Id("one"), Some.Id("two"), Some.Id("two")]).Keys.ShouldBe([Some.Id("two")]);
        Reopen().GetHeaders(Some.Source).Select(header => header.Id).ShouldBe([Some.Id("two")]);
    }

    [Fact]
    public void Headers_of_a_source_are_its_own()
    {
        var alike = new SourceName("wiki-2");
        Store.Save([Some.Document("one"), Some.Document("two") with { Id = DocumentId.Create(alike, "page", "two") }]);

        Store.GetHeaders(Some.Source).Select(header => header.Id).ShouldBe([Some.Id("one")]);
        Store.GetHeaders(alike).Count.ShouldBe(1);
        Store.GetHeaders(new SourceName("none")).ShouldBeEmpty();
    }

    [Fact]
    public void Ids_that_differ_in_case_alone_or_are_very_long_are_different_documents()
    {
        string[] names = ["README.md", "readme.md", "stra\u00dfe", "strasse", new string('x', 3000), new string('x', 3000) + "y"];
        Store.Save([.. names.Select(name => Some.Document(name, $"Text of {name}."))]);

        var store = Reopen();

        store.GetHeaders(Some.Source).Count.ShouldBe(names.Length);
        names.ShouldAllBe(name => store.Find(Some.Id(name))!.Body.Text == $"Text of {name}.");
    }

    [Fact]
    public async Task Readers_beside_a_writer_see_whole_documents()
    {
        Store.Save([Some.Document("one", "Text 0.", version: "0")]);
        using var stop = new CancellationTokenSource();
        var reader = Task.Run(
            () =>
            {
                var reads = 0;
                while (!stop.IsCancellationRequested)
                {
                    var document = Store.Find(Some.Id("one")).ShouldNotBeNull();
                    document.Body.Text.ShouldBe($"Text {document.Version}.");
                    Store.GetHeaders(Some.Source).Count.ShouldBe(1);
                    reads++;
                }

                return reads;
            },
            TestContext.Current.CancellationToken);
        for (var version = 1; version <= 200; version++)
        {
            Store.Save([Some.Document("one", $"Text {version}.", version: $"{version}")]);
        }

        await stop.CancelAsync();

        (await reader).ShouldBeGreaterThan(0);
    }
}
