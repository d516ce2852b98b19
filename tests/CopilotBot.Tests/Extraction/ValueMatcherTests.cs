using CopilotBot.Extraction.Fields;
using CopilotBot.Tickets;

namespace CopilotBot.Tests.Extraction;

public sealed class ValueMatcherTests
{
    private static readonly AllowedValue[] Allowed = [.. new[] { "Badge reader, gate 4", "Mail", "Network and VPN", "Payroll", "Door lock" }.Select(name => new AllowedValue(name.ToUpperInvariant(), name))];

    [Theory]
    [InlineData("Mail", "Mail", 1, 1)]
    [InlineData("wifi", "Network and VPN", .97, .97)]
    [InlineData("the MAIL", "Mail", .93, .93)]
    [InlineData("badge reader", "Badge reader, gate 4", .7, .9)]
    [InlineData("vpn", "Network and VPN", .7, .9)]
    [InlineData("payrol", "Payroll", .6, .9)]
    [InlineData("Paryoll", "Payroll", .6, .9)]
    public void Words_find_the_value_that_they_mean(string words, string expected, double least, double most)
    {
        var match = ValueMatcher.Find(words, Allowed, value => value.Name == "Network and VPN" ? ["wifi"] : []);

        match!.Value.Name.ShouldBe(expected);
        match.Confidence.ShouldBeInRange(least - 1e-9, most + 1e-9);
    }

    [Theory]
    [InlineData("coffee machine")]
    [InlineData("turnstile")]
    [InlineData("maul")]
    [InlineData("")]
    [InlineData("...")]
    public void Words_that_mean_none_fill_nothing(string words) => ValueMatcher.Find(words, Allowed, _ => []).ShouldBeNull();

    [Fact]
    public void Words_that_mean_two_values_alike_fill_nothing()
    {
        AllowedValue[] gates = [new("1", "Badge reader gate 4"), new("2", "Badge reader gate 5")];

        ValueMatcher.Find("badge reader", gates, _ => []).ShouldBeNull();
        ValueMatcher.Find("badge reader gate 5", gates, _ => [])!.Value.Id.ShouldBe("2");
    }
}
