using CopilotBot.Pages;

namespace CopilotBot.Tests.Web;

public sealed class AnswerMarkupTests
{
    [Fact]
    public void A_marker_of_a_known_source_becomes_a_link_and_stands_apart_from_the_words() =>
        AnswerMarkup.Parse("Reset it in the portal. [1]", [1]).ShouldHaveSingleItem().Lines.ShouldHaveSingleItem()
            .ShouldBe([new AnswerPart("Reset it in the portal.\u00a0", null), new AnswerPart("", 1)]);

    [Fact]
    public void A_marker_of_no_source_stays_words() =>
        AnswerMarkup.Parse("See [7] and [x].", [1]).ShouldHaveSingleItem().Lines.ShouldHaveSingleItem().ShouldBe([new AnswerPart("See [7] and [x].", null)]);

    [Fact]
    public void Lines_that_start_with_a_dash_are_one_list_and_empty_lines_vanish() =>
        AnswerMarkup.Parse("Do this: [1]\n\n- first [1]\n- second [2]\nDone. [1]", [1, 2]).Select(block => (block.IsList, block.Lines.Count))
            .ShouldBe([(false, 1), (true, 2), (false, 1)]);

    [Fact]
    public void Markup_and_addresses_in_an_answer_are_plain_words() =>
        AnswerMarkup.Parse("<b>x</b> [a](https://evil.example)", [1]).ShouldHaveSingleItem().Lines.ShouldHaveSingleItem().ShouldAllBe(part => part.Source == null);
}
