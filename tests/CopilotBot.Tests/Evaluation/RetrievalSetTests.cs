using CopilotBot.Evaluation;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Evaluation;

public sealed class RetrievalSetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public RetrievalSetTests()
    {
        _folder.Write("set/corpus.jsonl", """
            {"id":"p1","title":"One","text":"First text."}

            {"id":"p2","title":"Two","text":"Second text."}
            """);
        _folder.Write("set/queries.jsonl", """
            {"id":"q1","text":"first"}
            {"id":"q2","text":"second","exclude":["p1"]}
            """);
        _folder.Write("set/qrels.jsonl", """
            {"query_id":"q1","doc_id":"p1","rel":2}
            {"query_id":"q1","doc_id":"p2","rel":1}
            {"query_id":"q2","doc_id":"p2","rel":1}
            """);
    }

    [Fact]
    public void Judgements_are_read_with_their_grades_and_exclusions()
    {
        var set = Load();

        set.Name.ShouldBe("set");
        set.Queries[0].Relevant.Select(judgement => (judgement.Key.Value, judgement.Value)).ShouldBe([("set:page:p1", 2), ("set:page:p2", 1)]);
        set.Queries[1].Exclude.Select(id => id.Value).ShouldBe(["set:page:p1"]);
    }

    [Fact]
    public void Names_and_numbers_as_beir_writes_them_are_read_alike()
    {
        var expected = Load();
        _folder.Write("set/corpus.jsonl", """
            {"_id":"p1","title":"One","text":"First text.","metadata":{}}
            {"_id":"p2","title":"Two","text":"Second text."}
            """);
        _folder.Write("set/queries.jsonl", """
            {"_id":"q1","text":"first","metadata":{}}
            {"_id":"q2","text":"second","exclude":"p1"}
            """);
        _folder.Write("set/qrels.jsonl", """
            {"query-id":"q1","corpus-id":"p1","score":2.0}
            {"query-id":"q1","corpus-id":"p2","score":"1"}
            {"query-id":"q2","corpus-id":"p2","score":1}
            """);

        ShouldBeLike(Load(), expected);
    }

    [Theory]
    [InlineData("set/qrels.tsv", "query-id\tcorpus-id\tscore\nq1\tp1\t2\nq1\tp2\t1\nq2\tp2\t1\n")]
    [InlineData("set/qrels/test.tsv", "query-id\tcorpus-id\tscore\r\nq1\tp1\t2\r\nq1\tp2\t1\r\nq2\tp2\t1\r\n")]
    [InlineData("set/qrels.tsv", "q1 0 p1 2\nq1 0 p2 1\nq2 0 p2 1\n")]
    public void Judgements_may_be_a_table(string file, string content)
    {
        var expected = Load();
        File.Delete(_folder["set/qrels.jsonl"]);
        _folder.Write(file, content);

        ShouldBeLike(Load(), expected);
    }

    [Fact]
    public void Ids_may_be_numbers_and_a_title_may_be_all_there_is()
    {
        _folder.Write("set/corpus.jsonl", "{\"id\":17,\"title\":\"Only a title\",\"text\":\"\"}\n{\"id\":18,\"text\":\"No title\"}");
        _folder.Write("set/queries.jsonl", "{\"id\":3,\"text\":\"title\"}");
        _folder.Write("set/qrels.jsonl", "{\"query_id\":3,\"doc_id\":17,\"rel\":1}");

        var set = Load();

        set.Documents.Select(document => (document.Id.Value, document.Title, document.Body.Text.Trim())).ShouldBe([("set:page:17", "Only a title", ""), ("set:page:18", "", "No title")]);
        set.Queries.ShouldHaveSingleItem().Id.ShouldBe("3");
    }

    [Theory]
    [InlineData("corpus.jsonl", "{\"id\":\"p1\",\"text\":\"x\"}\n{\"id\":\"p1\",\"text\":\"y\"}", "Line 2 of ", "corpus.jsonl' cannot be used: the id p1 stands in an earlier line.")]
    [InlineData("corpus.jsonl", "{\"id\":\"p1\"}", "Line 1 of ", "the property text is missing.")]
    [InlineData("corpus.jsonl", "{\"title\":\"x\",\"text\":\"x\"}", "Line 1 of ", "the property id is missing.")]
    [InlineData("corpus.jsonl", "{\"id\":\"p1\",\"text\":[]}", "Line 1 of ", "a property is neither text nor a number.")]
    [InlineData("queries.jsonl", "{\"id\":\"q1\",\"text\":\"x\"}\n\n[1]", "Line 3 of ", "queries.jsonl' cannot be used: it is not a JSON object.")]
    [InlineData("queries.jsonl", "{\"id\":\"q1\",\"text\":\"x\"}\n{\"id\":\"q1\",\"text\":\"y\"}", "Line 2 of ", "the id q1 stands in an earlier line.")]
    [InlineData("qrels.jsonl", "{\"query_id\":\"q1\",\"doc_id\":\"p1\",\"rel\":0.5}", "Line 1 of ", "a relevance is a whole number.")]
    [InlineData("qrels.jsonl", "{\"query_id\":\"q1\",\"doc_id\":\"p1\",\"rel\":", "Line 1 of ", "it is not a JSON object.")]
    public void A_broken_line_is_told_with_its_file_and_number(string file, string content, string start, string end)
    {
        _folder.Write($"set/{file}", content);

        var message = Should.Throw<EvaluationException>(Load).Message;

        message.ShouldStartWith(start);
        message.ShouldEndWith(end);
    }

    [Fact]
    public void A_table_of_judgements_with_a_broken_line_is_told_too()
    {
        File.Delete(_folder["set/qrels.jsonl"]);
        _folder.Write("set/qrels.tsv", "q1\tp1\t1\nq2\tp2\n");

        Should.Throw<EvaluationException>(Load).Message.ShouldEndWith("qrels.tsv' cannot be used: a judgement has three columns, or four.");
    }

    [Fact]
    public void A_folder_that_is_not_there_is_told() =>
        Should.Throw<EvaluationException>(() => RetrievalSet.Load(_folder["nowhere"])).Message.ShouldContain("nowhere' does not exist");

    public void Dispose() => _folder.Dispose();

    private static void ShouldBeLike(RetrievalSet set, RetrievalSet expected)
    {
        set.Documents.Select(document => (document.Id, document.Title, document.Body.Text)).ShouldBe(expected.Documents.Select(document => (document.Id, document.Title, document.Body.Text)));
        set.Queries.Select(query => (query.Id, query.Text, string.Join(' ', query.Relevant), string.Join(' ', query.Exclude)))
            .ShouldBe(expected.Queries.Select(query => (query.Id, query.Text, string.Join(' ', query.Relevant), string.Join(' ', query.Exclude))));
    }

    private RetrievalSet Load() => RetrievalSet.Load(_folder["set"]);
}
