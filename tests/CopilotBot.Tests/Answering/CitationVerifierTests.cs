using CopilotBot.Answering;
using CopilotBot.Indexing;
using CopilotBot.Knowledge;
using CopilotBot.Retrieval;
using CopilotBot.Tests.Indexing;

namespace CopilotBot.Tests.Answering;

/// <summary>What of a model's text reaches a person.</summary>
public sealed class CitationVerifierTests
{
    private static readonly Passage[] Passages =
    [
        Passage(1, "Loan laptops are kept for up to 15 working days. Return them to the service desk in Stromvik."),
        Passage(2, "The address of the gateway is gate7.halvorne.example since version v2.14.1. Error SKY-4021 means an expired certificate."),
    ];

    [Theory]
    [InlineData("Loan laptops are kept for up to 15 working days [1].")]
    [InlineData("Loan laptops are kept for up to 15 working days. [1]")]
    [InlineData("You may keep loan laptops for 15 working days [1]")]
    [InlineData("Error SKY-4021 means an expired certificate [2][2].")]
    [InlineData("The gateway is gate7.halvorne.example since version v2.14.1 [1, 2].")]
    public void A_sentence_that_its_passage_supports_stays(string text) => Verify(text).Count.ShouldBe(1);

    [Theory]
    [InlineData("Loan laptops are kept for up to 15 working days.", "no number")]
    [InlineData("Loan laptops are kept for up to 15 working days [9].", "a number of nothing")]
    [InlineData("Loan laptops are kept for up to 15 working days [2].", "another passage")]
    [InlineData("Loan laptops are kept for up to 16 working days [1].", "another number")]
    [InlineData("Error SKY-4022 means an expired certificate [2].", "another code")]
    [InlineData("The gateway is gate8.halvorne.example since version v2.14.1 [2].", "another address")]
    [InlineData("The gateway is gate7.halvorne.example since version v2.15.1 [2].", "another version")]
    [InlineData("Employees receive generous compensation packages annually [1].", "other words")]
    [InlineData("[1]", "no words")]
    [InlineData("NO_EVIDENCE", "the word for nothing")]
    [InlineData("", "nothing")]
    public void A_sentence_that_nothing_supports_is_dropped(string text, string because) => Verify(text).ShouldBeEmpty(because);

    [Fact]
    public void One_false_sentence_does_not_take_the_others_along()
    {
        var kept = Verify("Loan laptops are kept for up to 15 working days [1]. They cost 99 euros [1]. Error SKY-4021 means an expired certificate [2].");

        kept.Select(sentence => sentence.Text).ShouldBe(["Loan laptops are kept for up to 15 working days", "Error SKY-4021 means an expired certificate"]);
        kept.Select(sentence => sentence.Passages[0].Number).ShouldBe([1, 2]);
    }

    [Fact]
    public void A_marker_covers_the_sentences_before_it_each_checked_by_itself() =>
        Verify("Loan laptops are kept for up to 15 working days. They cost 99 euros. [1]").ShouldHaveSingleItem().Text.ShouldStartWith("Loan laptops");

    [Fact]
    public void The_quote_is_the_unit_of_the_passage_that_says_it() =>
        Verify("Return loan laptops to the service desk in Stromvik [1].").ShouldHaveSingleItem().Quote.ShouldBe("Return them to the service desk in Stromvik.");

    [Fact]
    public void The_best_supporting_passage_comes_first_whatever_the_order_of_the_numbers() =>
        Verify("Error SKY-4021 means an expired certificate [1][2].").ShouldHaveSingleItem().Passages.Select(passage => passage.Number).ShouldBe([2, 1]);

    private static IReadOnlyList<VerifiedSentence> Verify(string text) => CitationVerifier.Verify(text, Passages);

    private static Passage Passage(int number, string text)
    {
        var id = Sample.Id($"p{number}");
        var units = SentenceSplitter.Split(text, new TextSpan(0, text.Length)).Select(span => new ChunkUnit(UnitKind.Sentence, span, 0, 0, -1));
        var chunk = Sample.Chunk(id, 0, "Title", [], text) with { Units = [.. units] };
        var indexed = new IndexedChunk(0, chunk, Sample.Public, [], [], [], 1);
        return new Passage(number, new Candidate { Indexed = indexed }, DocumentHeader.Of(new Document
        {
            Id = id,
            Kind = DocumentKind.Page,
            Title = "Title",
            Body = new StructuredText(text, [], []),
            Url = "",
            Updated = DateTimeOffset.UnixEpoch,
            Version = "1",
            Layers = [new LayerId("test:space:public")],
        }));
    }
}
