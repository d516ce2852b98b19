using System.Text.Json;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Commands;

public sealed class AskCommandTests
{
    [Fact]
    public async Task An_answer_is_printed_with_its_numbered_sources_on_standard_output()
    {
        using var handbook = new Handbook();
        (await handbook.AddAsync()).Exit.ShouldBe(0);

        var run = await handbook.RunAsync("ask", "What does VPN-4021 mean?");

        run.Exit.ShouldBe(0);
        run.Error.ShouldBeEmpty();
        run.Out.ShouldContain("certificate");
        run.Out.ShouldContain("[1] Remote access");
        run.Out.ShouldContain("/documents/handbook%3A");
    }

    [Fact]
    public async Task The_json_has_exactly_the_documented_shape()
    {
        using var handbook = new Handbook();
        await handbook.AddAsync();

        var run = await handbook.RunAsync("ask", "What does VPN-4021 mean?", "--json");

        using var json = JsonDocument.Parse(run.Out);
        var answer = json.RootElement;
        Names(answer).ShouldBe(["outcome", "text", "citations", "related", "documentsSearched", "retrieved", "timingsMs", "traceId"]);
        answer.GetProperty("outcome").GetString().ShouldBe("Grounded");
        var citation = answer.GetProperty("citations")[0];
        Names(citation).ShouldBe(["n", "documentId", "title", "url", "headingPath", "updated", "quote"]);
        citation.GetProperty("n").GetInt32().ShouldBe(1);
        citation.GetProperty("documentId").GetString().ShouldStartWith("handbook:file:");
        citation.GetProperty("url").GetString().ShouldStartWith("/documents/handbook%3Afile%3A");
        citation.GetProperty("url").GetString().ShouldEndWith("#error-codes");
        citation.GetProperty("headingPath")[0].GetString().ShouldBe("Error codes");
        Names(answer.GetProperty("retrieved")[0]).ShouldBe(["chunkId", "documentId", "bm25Rank", "denseRank", "fusedRank", "lateRank", "rerankScore"]);
        answer.GetProperty("timingsMs").GetProperty("total").GetDouble().ShouldBeGreaterThan(0);
        answer.GetProperty("traceId").GetString()!.Length.ShouldBe(32);
    }

    [Fact]
    public async Task No_answer_is_no_failure()
    {
        using var handbook = new Handbook();
        await handbook.AddAsync();

        var run = await handbook.RunAsync("ask", "Who won the chess world championship in 1972?", "--json");

        run.Exit.ShouldBe(0);
        using var json = JsonDocument.Parse(run.Out);
        json.RootElement.GetProperty("outcome").GetString().ShouldBe("NoEvidence");
        json.RootElement.GetProperty("text").GetString().ShouldBe("I don't know: I looked through 2 pages and tickets that you may read and found no answer.");
        json.RootElement.GetProperty("documentsSearched").GetInt32().ShouldBe(2);
        json.RootElement.GetProperty("citations").GetArrayLength().ShouldBe(0);
        json.RootElement.GetProperty("retrieved").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  \n ")]
    public async Task An_empty_question_is_refused_in_one_sentence(string question)
    {
        using var handbook = new Handbook();

        var run = await handbook.RunAsync("ask", question);

        (run.Exit, run.Sentence).ShouldBe((1, "The question is empty; type what you want to know."));
    }

    [Fact]
    public async Task A_question_that_is_too_long_is_refused_in_one_sentence()
    {
        using var handbook = new Handbook();

        var run = await handbook.RunAsync("ask", new string('x', 2001));

        (run.Exit, run.Sentence).ShouldBe((1, "The question has 2001 characters; shorten it to at most 2000."));
    }

    [Fact]
    public async Task An_unknown_person_is_refused_in_one_sentence()
    {
        using var handbook = new Handbook();
        await handbook.AddAsync();

        var run = await handbook.RunAsync("ask", "What does VPN-4021 mean?", "--as", "Nobody Atall");

        run.Exit.ShouldBe(1);
        run.Out.ShouldBeEmpty();
        run.Sentence.ShouldStartWith("Nobody is known as 'Nobody Atall'; ");
    }

    [Fact]
    public async Task A_question_that_starts_with_an_at_sign_is_a_question()
    {
        using var handbook = new Handbook();
        await handbook.AddAsync();

        (await handbook.RunAsync("ask", "@VPN-4021?")).Exit.ShouldBe(0);
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_used_is_told_in_one_sentence()
    {
        using var folder = new TemporaryFolder();
        folder.Write("data", "a file where the folder should be");

        var run = await CommandRun.InProcessAsync(folder.Path, "ask", "x", "--data", "data");

        run.Exit.ShouldBe(1);
        run.Sentence.ShouldContain(folder["data"]);
    }

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(property => property.Name);
}
