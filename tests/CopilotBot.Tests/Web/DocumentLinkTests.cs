using CopilotBot.Knowledge;
using CopilotBot.Pages;

namespace CopilotBot.Tests.Web;

public sealed class DocumentLinkTests
{
    [Theory]
    [InlineData("demo:page:1001")]
    [InlineData("handbook:file:a folder/page%2Fnot a slash.md")]
    [InlineData("demo:issue:10012#comment:5")]
    [InlineData("x:page:ä?b&c+d")]
    public void An_id_survives_the_way_into_an_address_and_back(string id)
    {
        var link = DocumentLink.To(Cite(id, "Working-hours"), asker: "demo:u1");

        link.ShouldEndWith("?as=demo%3Au1#Working-hours");
        DocumentLink.Parse(link.Split('#')[0]).ShouldBe(new DocumentId(id));
    }

    [Fact]
    public void Without_a_chosen_person_and_without_an_anchor_only_the_id_stands_in_the_address() =>
        DocumentLink.To(Cite("demo:page:1", ""), asker: "").ShouldBe("/documents/demo%3Apage%3A1");

    private static Citation Cite(string id, string anchor) =>
        new(1, new DocumentId(id), new ChunkId("c"), "Title", "", anchor, [], DateTimeOffset.UnixEpoch, "Quote");
}
