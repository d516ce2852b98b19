using CopilotBot.Knowledge;
using CopilotBot.Pages;

namespace CopilotBot.Tests.Web;

public sealed class LinkedPartsTests
{
    private const string Text = "Read the guide or the other page.";

    [Fact]
    public void An_absolute_web_address_becomes_a_link_around_its_words() =>
        Split(new TextLink(new TextSpan(9, 5), "https://docs.example/guide"))
            .ShouldBe([("Read the ", null), ("guide", "https://docs.example/guide"), (" or the other page.", null)]);

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("page-id:17")]
    [InlineData("../secret.md")]
    [InlineData("file:///etc/passwd")]
    [InlineData("data:text/html,x")]
    public void Every_other_target_stays_words(string target) =>
        Split(new TextLink(new TextSpan(9, 5), target)).ShouldBe([(Text, null)]);

    [Fact]
    public void A_link_that_lies_in_another_is_left_out() =>
        string.Concat(Split(new TextLink(new TextSpan(9, 12), "https://a.example"), new TextLink(new TextSpan(12, 2), "https://b.example")).Select(part => part.Text))
            .ShouldBe(Text);

    private static List<(string Text, string? Target)> Split(params TextLink[] links) =>
        [.. LinkedParts.Split(new StructuredText(Text, [], links), new TextSpan(0, Text.Length))];
}
