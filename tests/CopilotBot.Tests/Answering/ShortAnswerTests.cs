using CopilotBot.Answering;
using static CopilotBot.Tests.Answering.Units;

namespace CopilotBot.Tests.Answering;

public sealed class ShortAnswerTests
{
    [Theory]
    [InlineData("how long is the train ride to downtown", "It is only a 25 minute ride down the orange line.", "25 minute")]
    [InlineData("how long can I keep a loan laptop", "A loan laptop is yours for up to 15 working days.", "up to 15 working days")]
    [InlineData("how many unused days of annual leave carry over", "At the end of the year 8 unused days carry over into the next one.", "8 unused days")]
    [InlineData("daily allowance in Portugal", "In Portugal the allowance is 38 euros and breakfast is extra.", "38 euros")]
    [InlineData("how much is the discount on phone plans", "Carriers offer a 15% discount on plans to all employees.", "15%")]
    [InlineData("when is kelpline 6.0 released", "Version 6.0 goes to customers on 22 October 2026 at the latest.", "on 22 October 2026")]
    [InlineData("what day does the newsletter go out", "The weekly newsletter goes out every Tuesday.", "every Tuesday")]
    [InlineData("who should I email about the policy", "Please consult with policy@halvorne.example to review your case.", "policy@halvorne.example")]
    [InlineData("slack channel for ship posts", "In #the-shipping-news teams publish their weekly overviews.", "#the-shipping-news")]
    [InlineData("help desk phone number", "Business applications are served at (866) 450-6588, press 2.", "(866) 450-6588")]
    [InlineData("which address do I connect the client to", "Connect the client to skerry.halvorne.example and sign in with your badge.", "skerry.halvorne.example")]
    [InlineData("who can I check with about an unknown host", "Feel free to reach out to our liaison Marcia Simms first.", "Marcia Simms")]
    public void An_answer_begins_with_the_value_that_was_asked_for(string question, string sentence, string expected)
    {
        var text = Write(question, [Passage(Sentence(sentence))], .9);

        text.ShouldBe($"{expected} [1]\n{sentence} [1]");
        CitationVerifier.Verify(text, [Passage(Sentence(sentence))]).Select(kept => kept.Text).ShouldBe([expected, sentence]);
    }

    [Theory]
    [InlineData("how long can I keep a loan laptop", "Loans last 15 working days, in summer 20 working days.", .9, "two values")]
    [InlineData("can a loan of 15 working days be renewed, and how long", "A loan of 15 working days is renewed once.", .9, "the value of the question")]
    [InlineData("how long can I keep a loan laptop", "Loans last 15 working days after they were collected.", .1, "not sure enough")]
    [InlineData("how long can I keep a loan laptop", "Return it to the service desk in Stromvik.", .9, "no value")]
    [InlineData("who signs the contract", "Your supervisor signs after the review of the contract.", .9, "a role may be another's")]
    [InlineData("why does a loan end after 15 days", "Loans end so that all 12 laptops come back each month.", .9, "a reason was asked for")]
    [InlineData("am I allowed to open the lock", "Nobody may open the lock in 20 minutes.", .9, "yes or no is said by the sentence")]
    public void Without_certainty_the_sentence_stands_alone(string question, string sentence, double probability, string because) =>
        Write(question, [Passage(Sentence(sentence))], probability).ShouldBe($"{sentence} [1]", because);

    [Theory]
    [InlineData(.5, .3, false)]
    [InlineData(.8, .1, true)]
    public void Another_value_of_the_kind_nearly_as_likely_makes_the_short_answer_doubtful(double first, double second, bool isSaid)
    {
        var passages = new[] { Passage(Sentence("A replacement is delivered within 6 working days."), Sentence("Loans of the stock in Stromvik last up to 15 working days.")) };

        Write("how long until I get a replacement", passages, first, second).StartsWith("within 6 working days [1]\n", StringComparison.Ordinal).ShouldBe(isSaid);
    }

    [Fact]
    public void The_sentence_of_the_short_answer_comes_right_after_it()
    {
        var passages = new[] { Passage(Sentence("Laptops break on board now and then."), Sentence("A replacement is delivered within 6 working days.")) };

        Write("how long until I get a replacement", passages, .35, .6).ShouldBe(
            "within 6 working days [1]\nA replacement is delivered within 6 working days. [1]\nLaptops break on board now and then. [1]");
    }

    [Fact]
    public void The_sentence_that_decides_comes_first()
    {
        var passages = new[] { Passage(Sentence("The booths were built in spring."), Sentence("Phone booths cannot be reserved by anyone.")) };

        Write("can I reserve a phone booth", passages, .3, .6).ShouldStartWith("Phone booths cannot be reserved by anyone. [1]\n");
    }

    private static string Write(string question, IReadOnlyList<Passage> passages, params double[] probabilities)
    {
        var ranked = Rank(passages, probabilities);
        return AnswerExtractor.Write(question, UnitSelector.Choose(ranked, .002), ranked);
    }
}
