using CopilotBot.Indexing;
using CopilotBot.Knowledge;

namespace CopilotBot.Tests.Indexing;

/// <summary>What a view says of given rows and documents without copying text.</summary>
public abstract partial class KnowledgeIndexConformance
{
    [Theory]
    [InlineData("blob file system")]
    [InlineData("surefire")]
    [InlineData("client runtime")]
    [InlineData("AzureBlobFileSystem")]
    public async Task What_is_written_as_one_word_is_found_by_its_parts(string query)
    {
        await Index.ApplyAsync(
            Sample.Upsert(Sample.Document("code", Sample.Public, "AzureBlobFileSystem.open() fails under maven.surefire_plugin and hadoop-client-runtime3"), Sample.Document("other", Sample.Public, "Nothing to see here.")), Cancel);

        using var view = Index.OpenView(Sample.Everything);

        (await view.LexicalAsync(query)).ShouldHaveSingleItem().Id.ShouldBe("test:page:code/000");
    }

    [Fact]
    public async Task Pages_and_tickets_are_counted_by_who_may_read_them_through_every_change()
    {
        await Index.ApplyAsync(
            Sample.Upsert(
                Sample.Document("one", Sample.Public, "a", "b"), Sample.Document("two", Sample.Public, "c"), Sample.Document("c#", Sample.Secret, "d"),
                Sample.Document(Sample.Id("one").Part("comment", "7"), Sample.Public, "Comment", "e")), Cancel);
        Count(Sample.Public).ShouldBe(2);

        await Index.ApplyAsync(
            new IndexBatch
            {
                Upserts = [Sample.Document("four", Sample.Public, "f"), Sample.Document("one", Sample.Public, "g", "h", "i")],
                Deletions = [Sample.Id("c#"), Sample.Id("never")],
                AccessChanges = new Dictionary<DocumentId, AccessSetId> { [Sample.Id("two")] = Sample.Secret },
            },
            Cancel);

        (Count(Sample.Public), Count(Sample.Secret), Count(Sample.Public, Sample.Secret), Count()).ShouldBe((2, 1, 3, 0));

        int Count(params AccessSetId[] allowed)
        {
            using var view = Index.OpenView(Sample.Allowed(allowed));
            return view.Documents;
        }
    }

    [Fact]
    public async Task Whole_documents_and_their_openings_are_scored_with_each_row()
    {
        await Index.ApplyAsync(
            Sample.Upsert(
                Sample.Document(Sample.Id("a"), Sample.Public, "Apples", "first pear", "second plum", "third plum"),
                Sample.Document(Sample.Id("b"), Sample.Public, "Other", "a pear and a plum", "nothing"),
                Sample.Document(Sample.Id("c"), Sample.Secret, "Plums", "plum plum plum")), Cancel);
        var vector = Sample.UnitVector(new Random(3), Sample.SentenceDimensions);

        using var view = Index.OpenView(Sample.Allowed(Sample.Public));
        var rows = (await view.GetRowsAsync([Sample.Id("a"), Sample.Id("b")], Cancel)).SelectMany(row => row).ToList();
        var scores = await view.ScoreAsync("plum apples", vector, rows, Cancel);

        // BM25 by hand with k1 1 and b .5: 2 documents; a has 6 words and its title twice (8), b has 3 words left of its stop words and "Other" twice (5); mean 6.5.
        static float Rarity(int matching) => MathF.Log(1 + ((2 - matching + .5f) / (matching + .5f)));
        static float Bm25(float frequency, float length) => frequency * 2 / (frequency + 1 - .5f + (.5f * length / 6.5f));
        var first = (Rarity(2) * Bm25(2, 8)) + (Rarity(1) * Bm25(2, 8));
        var second = Rarity(2) * Bm25(1, 5);
        scores.DocumentLexical.Select(score => MathF.Round(score, 4)).ShouldBe(new[] { first, first, first, second, second }.Select(score => MathF.Round(score, 4)));
        scores.OpeningCosines.ShouldBe([scores.Cosines[0], scores.Cosines[0], scores.Cosines[0], scores.Cosines[3], scores.Cosines[3]]);
    }

    [Fact]
    public async Task A_row_leads_to_the_visible_documents_that_it_names_or_links_to()
    {
        var ticket = Sample.Chunk(Sample.Id("ticket"), 0, "Printer on fire", [], "It burns.") with { Key = "HELP-12" };
        var linking = Sample.Chunk(Sample.Id("linking"), 0, "Reading", [], "See there and help-12 for details.") with { Links = [Sample.Id("linked").Value, "printer policy"] };
        await Index.ApplyAsync(
            Sample.Upsert(
                new IndexedDocument(ticket.DocumentId, Sample.Public, [Sample.Encoded(ticket)]),
                new IndexedDocument(linking.DocumentId, Sample.Public, [Sample.Encoded(linking)]),
                Sample.Document(Sample.Id("linked"), Sample.Public, "A long title that nobody would ever write in any text", "one"),
                Sample.Document(Sample.Id("policy"), Sample.Public, "Printer policy (2024)", "Who owns the PRINTER Policy? The printer policy board, and reading this does not help."),
                Sample.Document(Sample.Id("board"), Sample.Secret, "Printer policy board", "secret")), Cancel);

        using var everything = Index.OpenView(Sample.Everything);
        using var open = Index.OpenView(Sample.Allowed(Sample.Public));

        (await Mentions(everything, "linking")).ShouldBe([Sample.Id("linked"), Sample.Id("policy"), Sample.Id("ticket")], ignoreOrder: true);
        (await Mentions(everything, "policy")).ShouldBe([Sample.Id("board"), Sample.Id("linking")], ignoreOrder: true, "its own title leads nowhere");
        (await Mentions(open, "policy")).ShouldBe([Sample.Id("linking")], "what is hidden has no name");

        async Task<IReadOnlyList<DocumentId>> Mentions(IKnowledgeView view, string name) =>
            (await view.FindMentionsAsync((await view.GetRowsAsync([Sample.Id(name)], Cancel))[0], Cancel))[0];
    }

    [Fact]
    public async Task A_name_of_everyday_words_leads_nowhere_but_as_a_link()
    {
        var linking = Sample.Chunk(Sample.Id("linking"), 0, "Start", [], "About benefits.") with { Links = ["benefits"] };
        await Index.ApplyAsync(
            Sample.Upsert(
            [
                new IndexedDocument(linking.DocumentId, Sample.Public, [Sample.Encoded(linking)]),
                Sample.Document(Sample.Id("naming"), Sample.Public, "Other", "About benefits and the benefits board."),
                Sample.Document(Sample.Id("benefits"), Sample.Public, "Benefits", "one"),
                Sample.Document(Sample.Id("board"), Sample.Public, "Benefits board", "two"),
                .. Enumerable.Range(0, 5).Select(i => Sample.Document(Sample.Id($"o{i}"), Sample.Public, $"Page {i}", "All about benefits.")),
            ]), Cancel);

        using var view = Index.OpenView(Sample.Everything);
        var rows = (await view.GetRowsAsync([Sample.Id("linking"), Sample.Id("naming")], Cancel)).SelectMany(row => row).ToList();

        (await view.FindMentionsAsync(rows, Cancel)).ShouldBe([[Sample.Id("benefits")], [Sample.Id("board")]]);
    }

    [Fact]
    public async Task A_name_that_many_share_leads_nowhere()
    {
        await Index.ApplyAsync(
            Sample.Upsert(
            [
                Sample.Document(Sample.Id("from"), Sample.Public, "Start", "Read the overview first."),
                .. Enumerable.Range(0, 4).Select(i => Sample.Document(Sample.Id($"o{i}"), Sample.Public, "Overview", $"{i}")),
                Sample.Document(Sample.Id("o4"), Sample.Secret, "Overview", "4"),
            ]), Cancel);

        using var everything = Index.OpenView(Sample.Everything);
        using var open = Index.OpenView(Sample.Allowed(Sample.Public));

        (await everything.FindMentionsAsync((await everything.GetRowsAsync([Sample.Id("from")], Cancel))[0], Cancel))[0].ShouldBeEmpty();
        (await open.FindMentionsAsync((await open.GetRowsAsync([Sample.Id("from")], Cancel))[0], Cancel))[0].Count.ShouldBe(4, "the fifth is hidden and does not count");
    }

    [Fact]
    public async Task Scores_of_rows_are_those_of_the_searches()
    {
        await Index.ApplyAsync(
            Sample.Upsert([.. Enumerable.Range(0, 30).Select(i => Sample.Document($"d{i}", Sample.Public, $"apple {new string('x', i % 5)} pear {i % 3} VPN-40{i % 4}"))]), Cancel);
        var vector = Sample.UnitVector(new Random(3), Sample.SentenceDimensions);

        using var view = Index.OpenView(Sample.Everything);
        var lexical = await view.SearchLexicalAsync("apples VPN-403 2", 100, Cancel);
        var dense = (await view.SearchDenseAsync(vector, 100, Cancel)).ToDictionary(hit => hit.Row, hit => hit.Score);
        var rows = lexical.Select(hit => hit.Row).Reverse().ToList();
        var scores = await view.ScoreAsync("apples VPN-403 2", vector, rows, Cancel);

        scores.Lexical.ShouldBe(lexical.Select(hit => hit.Score).Reverse());
        scores.Cosines.ShouldBe(rows.Select(row => dense[row]));
        (await view.ScoreAsync("nonesuch", vector, rows, Cancel)).Lexical.ShouldAllBe(score => score == 0);
        (await view.ScoreAsync("apples VPN-403 2", vector, rows, Cancel)).ShouldBeEquivalentTo(scores);
        lexical.Select(hit => hit.Score).ShouldBe(lexical.Select(hit => hit.Score).OrderDescending());
    }

    [Fact]
    public async Task Word_pieces_match_as_every_pair_of_them_compares()
    {
        await Index.ApplyAsync(Sample.Upsert([.. Enumerable.Range(0, 9).Select(i => Sample.Document($"d{i}", Sample.Public, string.Join(' ', Enumerable.Range(0, i * 3).Select(word => $"w{word}"))))]), Cancel);
        var query = Sample.Encode("one two three");

        using var view = Index.OpenView(Sample.Everything);
        var rows = Enumerable.Range(0, view.Count).Reverse().ToList();
        var chunks = await view.GetChunksAsync(rows, Cancel);
        var matches = await view.MatchTokensAsync(query, rows, Cancel);

        matches.Count.ShouldBe(rows.Count);
        chunks.Zip(matches).ShouldAllBe(pair => pair.Second.SequenceEqual(BestByHand(query, pair.First)));
        matches[^1].ShouldBe([-1, -1, -1], "the chunk has no word piece");
    }

    [Fact]
    public async Task Documents_have_their_visible_rows()
    {
        await Index.ApplyAsync(
            Sample.Upsert(Sample.Document("a", Sample.Public, "one", "two", "three"), Sample.Document("b", Sample.Secret, "four"), Sample.Document("ab", Sample.Public, "five")), Cancel);

        using var everything = Index.OpenView(Sample.Everything);
        using var open = Index.OpenView(Sample.Allowed(Sample.Public));
        DocumentId[] ids = [Sample.Id("b"), Sample.Id("a"), Sample.Id("nonesuch"), Sample.Id("ab")];

        (await everything.GetRowsAsync(ids, Cancel)).Select(rows => rows.Count).ShouldBe([1, 3, 0, 1]);
        var visible = await open.GetRowsAsync(ids, Cancel);
        visible.Select(rows => rows.Count).ShouldBe([0, 3, 0, 1]);
        (await open.GetChunksAsync(visible[1], Cancel)).Select(chunk => chunk.Chunk.Text).ShouldBe(["one", "two", "three"]);
        visible[1].Select(open.GetDocument).ShouldAllBe(document => document == Sample.Id("a"));
        open.GetDocument(visible[3][0]).ShouldBe(Sample.Id("ab"));
    }
}
