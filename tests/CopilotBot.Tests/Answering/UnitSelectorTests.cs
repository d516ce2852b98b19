using CopilotBot.Answering;
using static CopilotBot.Tests.Answering.Units;

namespace CopilotBot.Tests.Answering;

/// <summary>What an answer consists of, and how it reads.</summary>
public sealed class UnitSelectorTests
{
    private const double MinimumGain = .002;

    [Fact]
    public void A_clear_answer_stays_short() =>
        Write([Passage(Sentence("Loan laptops are kept for 15 working days."), Sentence("The service desk is in Stromvik."))], .97, .01)
            .ShouldBe("Loan laptops are kept for 15 working days. [1]");

    [Fact]
    public void A_sentence_that_points_back_takes_the_one_before_it_along() =>
        Write([Passage(Sentence("The gateway closes idle sessions."), Sentence("This happens after ten hours of silence."))], .02, .9)
            .ShouldBe("The gateway closes idle sessions. [1]\nThis happens after ten hours of silence. [1]");

    [Fact]
    public void A_sentence_that_points_back_to_nothing_is_left_out_beside_others() =>
        Write([Passage(Sentence("They may be ordered again in spring.")), Passage(2, "Other", default, Sentence("Helmets are ordered from the depot."))], .45, .5)
            .ShouldBe("Helmets are ordered from the depot. [2]");

    [Theory]
    [InlineData("Unless the captain agrees, nobody enters the lock.")]
    [InlineData("However, contractors need a pass of their own.")]
    [InlineData("The only exception is the harbour office.")]
    public void An_exception_stays_with_its_rule(string exception) =>
        Write([Passage(Sentence("Every visitor signs the book at the gate."), Sentence(exception))], .95, .01)
            .ShouldBe($"Every visitor signs the book at the gate. [1]\n{exception} [1]");

    [Fact]
    public void Items_stand_as_a_list_under_what_introduces_them_said_once() =>
        Write([Passage(Sentence("Bring to the first dive:"), Item("Your log book", 0), Item("A medical certificate", 0))], .1, .45, .4)
            .ShouldBe("Bring to the first dive: [1]\n- Your log book [1]\n- A medical certificate [1]");

    [Fact]
    public void What_introduces_a_list_is_no_answer_without_an_item() =>
        Write([Passage(Sentence("Bring to the first dive:"), Item("Your log book", 0))], .9, .1).ShouldContain("- Your log book [1]");

    [Fact]
    public void Nothing_is_said_twice() =>
        Write([Passage(Sentence("Toner is ordered from facilities by mail.")), Passage(2, "Other", default, Sentence("Toner is ordered by mail from facilities."))], .5, .5)
            .ShouldBe("Toner is ordered from facilities by mail. [1]");

    [Fact]
    public void The_same_words_with_another_number_are_not_the_same() =>
        Write([Passage(Sentence("The field desk answers on 4911.")), Passage(2, "Other", default, Sentence("The field desk answers on 4999."))], .5, .5)
            .ShouldBe("The field desk answers on 4911. [1]\nThe field desk answers on 4999. [2]");

    [Fact]
    public void No_answer_grows_beyond_its_limit()
    {
        var sentences = Enumerable.Range(0, 12).Select(i => Sentence($"Rule {(char)('a' + i)} says {string.Join(' ', Enumerable.Range(0, 18).Select(j => $"word{i}x{j}"))}.")).ToArray();

        var text = Write([Passage(sentences)], [.. Enumerable.Repeat(1d / 12, 12)]);

        text.Split(' ').Count(word => !word.StartsWith('[')).ShouldBeInRange(60, 110);
    }

    [Fact]
    public void What_came_of_a_ticket_is_said_with_its_trouble() =>
        Write(
            Ticket(
                Passage(1, "HELP-15", default, Sentence("The portal stays white after the login.")),
                Passage(2, "HELP-15", default, Sentence("I see the same in Stromvik."), Sentence("Clearing the site data solved it for everybody."))),
            .98, .001, .0005)
            .ShouldBe("The portal stays white after the login. [1]\nClearing the site data solved it for everybody. [2]");

    private static string Write(IReadOnlyList<Passage> passages, params double[] probabilities) =>
        AnswerComposer.Compose(UnitSelector.Choose(Rank(passages, probabilities), MinimumGain), null);
}
