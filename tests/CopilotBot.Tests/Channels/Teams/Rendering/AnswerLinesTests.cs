using CopilotBot.Channels.Rendering;
using CopilotBot.Channels.Teams.Rendering;
using CopilotBot.Tests.Channels.Rendering;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Channels.Teams.Rendering;

public sealed class AnswerLinesTests
{
    [Fact]
    public void Lists_stay_lists() =>
        AnswerLines.Parse("Do this:\r\n- first\n• second\n\n12) third\n-not\n1.2 not").Lines
            .ShouldBe([new("", "Do this:"), new("- ", "first"), new("- ", "second"), new("12. ", "third"), new("", "-not"), new("", "1.2 not")]);

    [Fact]
    public void A_table_leaves_its_markers_in_the_text_and_a_marker_behind_a_row_goes_into_its_last_cell()
    {
        var parsed = AnswerLines.Parse("Pier | Opens\n--- | --- [1]\nNorth | 6:00 [1]\n| South | 7:00 | [2]\n| West |\nDone.");

        parsed.Lines.ShouldBe([new("", "(table below) [1] [2]"), new("", "Done.")]);
        var table = parsed.Tables.ShouldHaveSingleItem();
        table.Header.ShouldBe(["Pier", "Opens"]);
        table.Rows.Select(row => string.Join('/', row)).ShouldBe(["North/6:00 [1]", "South/7:00 [2]", "West/"]);
    }

    [Fact]
    public void Two_tables_in_a_row_are_two() => AnswerLines.Parse("|a|b|\n|-|-|\n|1|2|\n|c|d|\n|-|-|\n|3|4|").Tables.Select(table => table.Header[0] + table.Rows.Count).ShouldBe(["a1", "c1"]);

    [Theory]
    [InlineData("Use a | b for that.\nAnd more.")]
    [InlineData("Printer: prn-ain-01 | Floor: 2\n---")]
    public void Pipes_alone_are_no_table(string text) => AnswerLines.Parse(text).Tables.ShouldBeEmpty();

    [Fact]
    public void A_table_of_any_size_fits_on_its_card()
    {
        var cell = new string('&', 500);
        var row = "|" + string.Join('|', Enumerable.Repeat(cell, 12)) + "|\n";
        var text = string.Concat(Enumerable.Repeat(row + "|" + string.Concat(Enumerable.Repeat("-|", 12)) + "\n" + string.Concat(Enumerable.Repeat(row, 40)), 12));

        var messages = TeamsAnswerRenderer.Render(SomeAnswer.Grounded(text), SomeFrame.Personal);

        MessageRules.ShouldHold(messages);
        messages[^1].ToJsonString().ShouldContain("The rest of the table is left out");
    }

    [Fact]
    public void An_empty_cell_is_a_valid_one()
    {
        OfficialSchema.Card.SkipUnlessHere();

        MessageRules.ShouldBeValid(TablesCard.Create(AnswerLines.Parse("| | Opens |\n|-|-|\n| North | |").Tables));
    }
}
