using CopilotBot.Knowledge;

namespace CopilotBot.Tests.Knowledge;

public sealed class DocumentNameTests
{
    [Theory]
    [InlineData("Mara Holt (engineer)", "mara holt")]
    [InlineData("HELP-12", "help 12")]
    [InlineData("[ABFS] Support VectorIO", "abfs support vectorio")]
    [InlineData("VPN", null)]
    [InlineData("(2024)", null)]
    [InlineData("one two three four five six seven eight nine", null)]
    [InlineData("", null)]
    public void A_name_is_words_without_what_stands_in_brackets_behind_them(string text, string? name) => DocumentName.Normalise(text).ShouldBe(name);

    [Theory]
    [InlineData("page-id:1003", "wiki:page:1003")]
    [InlineData("page:IT:Hardware replacement procedure", "hardware replacement procedure")]
    [InlineData("issue:HELP-12", "help 12")]
    [InlineData("rules.md#late", "wiki:file:it/rules.md")]
    [InlineData("../pay/day%20one.md?x=1", "wiki:file:pay/day one.md")]
    [InlineData("/top.md", "wiki:file:top.md")]
    [InlineData("../../../above.md", "wiki:file:above.md")]
    [InlineData("#here", null)]
    [InlineData("https://elsewhere.example/page", null)]
    [InlineData("user:42", null)]
    [InlineData("mailto:a@b.example", null)]
    public void A_link_names_a_document_of_the_source(string target, string? name) => DocumentName.OfLink(new DocumentId("wiki:file:it/start.md"), target).ShouldBe(name);
}
