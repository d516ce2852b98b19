using CopilotBot.Knowledge;
using CopilotBot.Sources.Jira;

namespace CopilotBot.Tests.Sources.Jira;

public sealed class WikiMarkupConverterTests
{
    [Theory]
    [InlineData("It is *very* _hot_ in {{/var/log}}\\\\there", "It is very hot in /var/log\nthere")]
    [InlineData("See [the page|https://halvorne.example/a] and !shot.png|thumbnail! by [~ada]", "See the page and by @ada")]
    [InlineData("2*3*4 and snake_case_name and pre-boil", "2*3*4 and snake_case_name and pre-boil")]
    [InlineData("[WARN] disk {color:red}full{color}", "[WARN] disk full")]
    public void Marks_are_dropped_and_words_stay(string markup, string text) => WikiMarkupConverter.Convert(markup).Text.ShouldBe(text);

    [Fact]
    public void Blocks_of_every_kind_are_told_apart()
    {
        var text = WikiMarkupConverter.Convert("h1. Pump\nIt stops.\n\n# First\n## Inner\n# Second\n* Point\n{code:java}\nint *a* = 1;\n{code}\n||Name||Value||\n|a|[x|https://halvorne.example]|\n{panel:title=Note}\nInside\n{panel}\nbq. Said");
        text.Blocks.Select(block => block.GetType().Name).ShouldBe(["Heading", "Paragraph", "ListBlock", "Code", "Table", "Callout", "Callout"]);
        text.Text.ShouldContain("int *a* = 1;");
        text.Text.ShouldContain("Name | Value\na | x");
        text.Blocks.OfType<TextBlock.ListBlock>().Single().Items.Select(item => item.Marker).ShouldBe(["1.", "1.", "2.", "-"]);
        text.Links.ShouldHaveSingleItem().Target.ShouldBe("https://halvorne.example");
    }

    [Fact]
    public void A_fence_that_is_not_closed_and_deep_nesting_end()
    {
        WikiMarkupConverter.Convert("{code}\nint a;").Text.ShouldBe("int a;");
        WikiMarkupConverter.Convert(string.Concat(Enumerable.Repeat("{quote}{panel}", 5_000))).ShouldNotBeNull();
    }
}
