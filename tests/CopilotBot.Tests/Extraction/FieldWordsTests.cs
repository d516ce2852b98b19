using CopilotBot.Extraction;
using CopilotBot.Extraction.Fields;

namespace CopilotBot.Tests.Extraction;

public sealed class FieldWordsTests
{
    [Theory]
    [InlineData("P1", PriorityLevel.Highest)]
    [InlineData("sev-1", PriorityLevel.Highest)]
    [InlineData("prio 2", PriorityLevel.High)]
    [InlineData("P3", PriorityLevel.Medium)]
    [InlineData("p4", PriorityLevel.Low)]
    [InlineData("top priority", PriorityLevel.Highest)]
    [InlineData("drop everything", PriorityLevel.Highest)]
    [InlineData("URGENT", PriorityLevel.High)]
    [InlineData("asap", PriorityLevel.High)]
    [InlineData("this can't wait", PriorityLevel.High)]
    [InlineData("not urgent", PriorityLevel.Low)]
    [InlineData("no hurry at all", PriorityLevel.Low)]
    [InlineData("it isn't critical for now", PriorityLevel.Low)]
    [InlineData("can wait", PriorityLevel.Low)]
    [InlineData("whenever you find time", PriorityLevel.Low)]
    [InlineData("normal prio", PriorityLevel.Medium)]
    [InlineData("lowest of low", PriorityLevel.Lowest)]
    [InlineData("somebody could get hurt", PriorityLevel.Highest)]
    [InlineData("customers are queueing", PriorityLevel.High)]
    public void Words_of_priority_and_impact_have_a_level(string words, PriorityLevel expected) => PriorityWords.Read(words).Level.ShouldBe(expected);

    [Theory]
    [InlineData("bugs", "bug")]
    [InlineData("Defect", "bug")]
    [InlineData("outage tickets", "incident")]
    [InlineData("security incident", "incident")]
    [InlineData("Access Request", "request")]
    [InlineData("stories", "story")]
    [InlineData("rfc", "change")]
    [InlineData("problem record", "problem")]
    [InlineData("deviations", "deviation")]
    public void Words_for_kinds_of_tickets_have_one_name(string words, string expected) => TypeWords.Normalize(words).ShouldBe(expected);

    [Theory]
    [InlineData("vpn 4021", "VPN-4021")]
    [InlineData("vpn-4021", "VPN-4021")]
    [InlineData("HR-SERVICE-12", "HR-SERVICE-12")]
    [InlineData("inc0048213", "INC0048213")]
    public void Keys_are_written_in_one_way(string words, string expected) => TicketKeyText.Normalize(words).ShouldBe(expected);

    [Theory]
    [InlineData("close", "Closed")]
    [InlineData("Reopen", "Reopened")]
    [InlineData("cancel", "Cancelled")]
    [InlineData("waiting for vendor", "Waiting for vendor")]
    public void Orders_are_the_status_that_they_ask_for(string words, string expected) => StatusWords.Normalize(words).ShouldBe(expected);

    [Theory]
    [InlineData(Slots.System, "the Badge-Reader", "badge-reader")]
    [InlineData(Slots.Location, "Café  Müller,", "cafe muller")]
    [InlineData(Slots.DueDate, "by Friday", "2026-01-16")]
    [InlineData(Slots.DueDate, "before the release", "release")]
    [InlineData(Slots.Priority, "not urgent", "Low")]
    public void Values_that_mean_the_same_compare_alike(string slot, string words, string expected) =>
        ComparableValue.Of(slot, words, new DateTimeOffset(2026, 1, 14, 10, 0, 0, TimeSpan.Zero)).ShouldBe(expected);
}
