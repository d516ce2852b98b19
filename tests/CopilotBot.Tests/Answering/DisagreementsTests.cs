using CopilotBot.Answering;
using CopilotBot.Conversations;
using CopilotBot.Knowledge;
using CopilotBot.Retrieval;
using static CopilotBot.Tests.Answering.Units;

namespace CopilotBot.Tests.Answering;

public sealed class DisagreementsTests
{
    private const string Question = "what is the emergency number of the field desk";

    private static readonly DateTimeOffset Old = new(2025, 11, 18, 9, 0, 0, TimeSpan.Zero);

    private static readonly DateTimeOffset New = new(2026, 5, 4, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_newer_one_comes_first_and_the_older_is_said_to_differ_with_both_cited()
    {
        var answer = Write(
            Passage(1, "Dive days", Old, Sentence("The emergency number of the field desk is 4999.")),
            Passage(2, "Number of the field desk has changed", New, Sentence("Since 1 May 2026 the field desk answers on 4911.")));

        answer.Text.ShouldBe(
            "Since 1 May 2026 the field desk answers on 4911. [1]\n“Dive days” [2], last changed 2025-11-18, says otherwise and is outdated by [1]: The emergency number of the field desk is 4999.");
        answer.Citations.Select(citation => (citation.Number, citation.Title)).ShouldBe([(1, "Number of the field desk has changed"), (2, "Dive days")]);
    }

    [Fact]
    public void A_page_that_says_it_is_outdated_is_so_whatever_its_date()
    {
        var answer = Write(
            Passage(1, "Field desk (old, until 2025)", New, Sentence("The emergency number of the field desk is 4999.")),
            Passage(2, "Field desk", Old, Sentence("The emergency number of the field desk is 4911.")));

        answer.Text.ShouldStartWith("The emergency number of the field desk is 4911. [1]\n“Field desk (old, until 2025)” [2]");
    }

    [Theory]
    [InlineData("The emergency number of the field desk is 4999.", "the same value")]
    [InlineData("The field desk opens at 7 and its emergency number is on the door.", "a value of something else beside none of the first")]
    [InlineData("The canteen serves 250 meals.", "about something else")]
    [InlineData("The field desk took 31 emergency calls last year under 2 numbers.", "several values")]
    public void Sentences_that_do_not_contradict_stay_as_they_are(string other, string because)
    {
        var answer = Write(Passage(1, "Dive days", Old, Sentence("The emergency number of the field desk is 4999.")), Passage(2, "Other", New, Sentence(other)));

        answer.Text.ShouldNotContain("says otherwise", Case.Insensitive, because);
        answer.Text.ShouldStartWith("The emergency number of the field desk is 4999. [1]");
    }

    [Fact]
    public void Two_documents_of_one_day_stay_side_by_side() =>
        Write(
            Passage(1, "Dive days", New, Sentence("The emergency number of the field desk is 4999.")),
            Passage(2, "Field desk", New.AddHours(3), Sentence("The emergency number of the field desk is 4911."))).Text.ShouldNotContain("says otherwise");

    [Fact]
    public void A_short_answer_of_the_outdated_sentence_goes_with_it()
    {
        var passages = new[]
        {
            Passage(1, "Dive days", Old, Sentence("The emergency number of the field desk is 4999.")),
            Passage(2, "Field desk", New, Sentence("The emergency number of the field desk is 4911.")),
        };
        var verified = CitationVerifier.Verify("4999 [1]\nThe emergency number of the field desk is 4999. [1]\nThe emergency number of the field desk is 4911. [2]", passages);

        AnswerWriter.Write(TurnId.New(), verified, Request(passages), isShared: false).Text.ShouldStartWith("The emergency number of the field desk is 4911. [1]\n“Dive days” [2]");
    }

    private static Answer Write(params Passage[] passages)
    {
        var text = string.Join('\n', passages.Select(passage => $"{passage.Candidate.Indexed.Chunk.Text} [{passage.Number}]"));
        return AnswerWriter.Write(TurnId.New(), CitationVerifier.Verify(text, passages), Request(passages), isShared: false);
    }

    private static GroundingRequest Request(IReadOnlyList<Passage> passages) => new(Question, passages, new RetrievalResult
    {
        Candidates = [.. passages.Select(passage => passage.Candidate)],
        Query = new TextEncoding([], [], [], 1),
        QueryWeights = [],
        LateStatistics = (0, 0),
        StagesMs = new Dictionary<string, double>(),
    });
}
