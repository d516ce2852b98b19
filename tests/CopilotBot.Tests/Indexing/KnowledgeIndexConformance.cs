using System.Text.Json;
using CopilotBot.Indexing;
using CopilotBot.Knowledge;

namespace CopilotBot.Tests.Indexing;

/// <summary>What every index does, whatever is behind it.</summary>
public abstract partial class KnowledgeIndexConformance : IAsyncLifetime
{
    private IKnowledgeIndex? _index;

    private protected IKnowledgeIndex Index => _index ?? throw new InvalidOperationException("The index is made before each test.");

    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _index = await OpenAsync();

    public async ValueTask DisposeAsync()
    {
        await Index.DisposeAsync();
        await RemoveAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens the index of this test: an empty one the first time.</summary>
    protected abstract Task<IKnowledgeIndex> OpenAsync();

    protected abstract Task RemoveAsync();

    [Fact]
    public async Task An_empty_index_finds_nothing()
    {
        using var view = Index.OpenView(Sample.Everything);

        view.Count.ShouldBe(0);
        (await view.SearchLexicalAsync("anything", 10, Cancel)).ShouldBeEmpty();
        (await view.SearchDenseAsync(new float[Sample.SentenceDimensions], 10, Cancel)).ShouldBeEmpty();
        (await view.GetChunksAsync([], Cancel)).ShouldBeEmpty();
        (await view.ScoreAsync("anything", new float[Sample.SentenceDimensions], [], Cancel)).Lexical.ShouldBeEmpty();
        (await view.MatchTokensAsync(Sample.Encode("anything"), [], Cancel)).ShouldBeEmpty();
        (await view.GetRowsAsync([Sample.Id("a")], Cancel)).ShouldHaveSingleItem().ShouldBeEmpty();
        Index.GetStatistics().ShouldSatisfyAllConditions(
            statistics => statistics.Documents.ShouldBe(0),
            statistics => statistics.Chunks.ShouldBe(0),
            statistics => statistics.Generation.ShouldBe(0),
            statistics => statistics.DocumentsBySource.ShouldBeEmpty());
    }

    [Fact]
    public async Task A_chunk_comes_back_as_it_was_stored()
    {
        var document = Sample.Document("vacation", Sample.Public, "Ask your manager for leave – “Urlaub” – two weeks ahead.");
        await Index.ApplyAsync(Sample.Upsert(document), Cancel);

        using var view = Index.OpenView(Sample.Everything);
        var stored = (await view.AllAsync()).ShouldHaveSingleItem();

        var (chunk, encoding) = document.Chunks[0];
        JsonSerializer.Serialize(stored.Chunk).ShouldBe(JsonSerializer.Serialize(chunk));
        stored.AccessSet.ShouldBe(Sample.Public);
        stored.TokenIds.ShouldBe(encoding.TokenIds);
        stored.TokenDimensions.ShouldBe(encoding.TokenDimensions);
        stored.SentenceVector.ShouldBe(encoding.SentenceVector.Select(value => (sbyte)MathF.Round(127 * value)));
        stored.TokenVectors.ShouldBe(encoding.TokenVectors.Select(value => (sbyte)MathF.Round(127 * value)));
    }

    [Fact]
    public async Task Words_match_in_title_headings_and_text_whatever_their_ending()
    {
        var id = Sample.Id("a");
        await Index.ApplyAsync(
            Sample.Upsert(new IndexedDocument(id, Sample.Public, [Sample.Encoded(Sample.Chunk(id, 0, "Printers", ["Paper jams"], "Open the tray."))])), Cancel);

        using var view = Index.OpenView(Sample.Everything);

        (await view.LexicalAsync("printer")).Count.ShouldBe(1);
        (await view.LexicalAsync("jammed")).Count.ShouldBe(1);
        (await view.LexicalAsync("TRAYS?")).Count.ShouldBe(1);
        (await view.LexicalAsync("scanner")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("VPN-4021")]
    [InlineData("vpn-4021")]
    [InlineData("0x80070005")]
    [InlineData("v2.14.1")]
    [InlineData("10.2.3.4")]
    [InlineData("files.corp.example")]
    [InlineData("help-desk@corp.example")]
    [InlineData("/etc/ssh/sshd_config")]
    [InlineData("030 555-0199")]
    public async Task A_whole_identifier_comes_before_its_parts(string identifier)
    {
        await Index.ApplyAsync(
            Sample.Upsert(
                Sample.Document(
                    "parts", Sample.Public, "vpn 4021 0 80070005 v2 14 1 v2.14 10.2.3 files corp example corp.example help desk etc ssh config 0199 555 030 vpn 4021 corp example help"),
                Sample.Document(
                    "whole", Sample.Public, "Codes: VPN-4021, 0x80070005; version v2.14.1 on 10.2.3.4 (files.corp.example). Mail help-desk@corp.example, see /etc/ssh/sshd_config or call 030 555 0199!"),
                Sample.Document("other", Sample.Public, "Nothing to see here.", "Nor here.", "Nor there.")),
            Cancel);

        using var view = Index.OpenView(Sample.Everything);

        (await view.LexicalAsync(identifier))[0].Id.ShouldBe("test:page:whole/000");
    }

    [Theory]
    [InlineData("body:secret OR field:*")]
    [InlineData("\"unclosed (brackets [and ~^ signs")]
    [InlineData("* ? : \\ AND NOT")]
    [InlineData("")]
    [InlineData("the of and")]
    public async Task A_query_is_never_a_query_language(string query)
    {
        await Index.ApplyAsync(Sample.Upsert(Sample.Document("a", Sample.Public, "Plain text about something else.")), Cancel);

        using var view = Index.OpenView(Sample.Everything);

        (await view.LexicalAsync(query)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_very_long_query_is_cut_and_still_finds()
    {
        await Index.ApplyAsync(Sample.Upsert(Sample.Document("a", Sample.Public, "The needle.")), Cancel);

        using var view = Index.OpenView(Sample.Everything);
        var query = "needle " + string.Join(' ', Enumerable.Range(0, 20_000).Select(i => $"hay{i}"));

        (await view.LexicalAsync(query)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Equal_scores_are_ordered_by_chunk_id()
    {
        string[] names = ["m", "b", "z", "a", "k"];
        var vector = Sample.UnitVector(new Random(5), Sample.SentenceDimensions);
        foreach (var name in names)
        {
            var chunk = Sample.Encoded(Sample.Chunk(Sample.Id(name), 0, "Same", [], "Same words."));
            chunk = chunk with { Encoding = chunk.Encoding with { SentenceVector = vector } };
            await Index.ApplyAsync(Sample.Upsert(new IndexedDocument(Sample.Id(name), Sample.Public, [chunk])), Cancel);
        }

        using var view = Index.OpenView(Sample.Everything);

        string[] expected = ["test:page:a/000", "test:page:b/000", "test:page:k/000"];
        (await view.LexicalAsync("words", 3)).Select(hit => hit.Id).ShouldBe(expected);
        (await view.DenseAsync(vector, 3)).Select(hit => hit.Id).ShouldBe(expected);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(100)]
    public async Task A_search_for_fewer_returns_the_first_of_a_search_for_more(int top)
    {
        await Index.ApplyAsync(
            Sample.Upsert([.. Enumerable.Range(0, 40).Select(i => Sample.Document($"d{i:D2}", Sample.Public, $"apple {i % 7} pear {string.Join(' ', Enumerable.Repeat("plum", i % 3))}", $"apple {i % 4}"))]), Cancel);
        var vector = Sample.UnitVector(new Random(4), Sample.SentenceDimensions);

        using var view = Index.OpenView(Sample.Everything);

        (await view.SearchLexicalAsync("plum apple 3", top, Cancel)).ShouldBe((await view.SearchLexicalAsync("plum apple 3", 1000, Cancel)).Take(top));
        (await view.SearchDenseAsync(vector, top, Cancel)).ShouldBe((await view.SearchDenseAsync(vector, 1000, Cancel)).Take(top));
    }

    [Fact]
    public async Task Dense_search_equals_comparing_every_vector()
    {
        var documents = Enumerable.Range(0, 200).Select(i => Sample.Document($"d{i}", Sample.Public, $"Text {i}.")).ToArray();
        await Index.ApplyAsync(Sample.Upsert(documents), Cancel);

        var query = Sample.UnitVector(new Random(99), Sample.SentenceDimensions);
        using var view = Index.OpenView(Sample.Everything);
        var hits = await view.DenseAsync([.. query.Select(value => value * 3)]);

        var cosines = documents.ToDictionary(document => document.Chunks[0].Chunk.Id.Value, document => Dot(query, document.Chunks[0].Encoding.SentenceVector));
        hits.Count.ShouldBe(documents.Length);
        hits.ShouldAllBe(hit => MathF.Abs(hit.Score - cosines[hit.Id]) < 0.01f);
        hits.Select(hit => hit.Score).ShouldBe(hits.Select(hit => hit.Score).OrderDescending());
    }

    [Fact]
    public async Task An_upsert_replaces_all_chunks_of_the_document()
    {
        await Index.ApplyAsync(Sample.Upsert(Sample.Document("a", Sample.Public, "one", "two", "three"), Sample.Document("b", Sample.Public, "four")), Cancel);
        await Index.ApplyAsync(Sample.Upsert(Sample.Document("a", Sample.Public, "five", "six")), Cancel);

        using var view = Index.OpenView(Sample.Everything);

        (await view.AllAsync()).Select(chunk => chunk.Chunk.Text).ShouldBe(["five", "six", "four"]);
        (await view.LexicalAsync("three")).ShouldBeEmpty();
        (await view.LexicalAsync("six")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_deleted_document_is_gone()
    {
        await Index.ApplyAsync(Sample.Upsert(Sample.Document("a", Sample.Public, "apple"), Sample.Document("b", Sample.Public, "apple")), Cancel);
        await Index.ApplyAsync(new IndexBatch { Deletions = [Sample.Id("a"), Sample.Id("never-there")] }, Cancel);

        using var view = Index.OpenView(Sample.Everything);

        (await view.IdsAsync()).ShouldBe(["test:page:b/000"]);
        (await view.LexicalAsync("apple")).Count.ShouldBe(1);
        Index.GetStatistics().Documents.ShouldBe(1);
    }

    [Fact]
    public async Task A_document_that_is_deleted_and_upserted_in_one_batch_is_there()
    {
        await Index.ApplyAsync(Sample.Upsert(Sample.Document("a", Sample.Public, "old")), Cancel);
        await Index.ApplyAsync(Sample.Upsert(Sample.Document("a", Sample.Public, "new")) with { Deletions = [Sample.Id("a")] }, Cancel);

        using var view = Index.OpenView(Sample.Everything);

        (await view.AllAsync()).Select(chunk => chunk.Chunk.Text).ShouldBe(["new"]);
    }

    [Fact]
    public async Task A_view_holds_only_what_its_sets_let_through()
    {
        await Index.ApplyAsync(
            Sample.Upsert(Sample.Document("open", Sample.Public, "salary bands"), Sample.Document("closed", Sample.Secret, "salary bands of the board")), Cancel);

        using var everything = Index.OpenView(Sample.Everything);
        using var open = Index.OpenView(Sample.Allowed(Sample.Public));
        using var nothing = Index.OpenView(AllowedSets.None);
        using var unknown = Index.OpenView(Sample.Allowed(Sample.Set("unknown")));

        everything.Count.ShouldBe(2);
        open.Count.ShouldBe(1);
        (await open.IdsAsync()).ShouldBe(["test:page:open/000"]);
        (await open.LexicalAsync("salary board")).Select(hit => hit.Id).ShouldBe(["test:page:open/000"]);
        (await open.LexicalAsync("board")).ShouldBeEmpty();
        nothing.Count.ShouldBe(0);
        (await nothing.LexicalAsync("salary")).ShouldBeEmpty();
        (await nothing.DenseAsync(new float[Sample.SentenceDimensions])).ShouldBeEmpty();
        unknown.Count.ShouldBe(0);
    }

    [Fact]
    public async Task An_access_change_moves_the_document_and_keeps_text_and_vectors()
    {
        await Index.ApplyAsync(Sample.Upsert(Sample.Document("a", Sample.Public, "apple VPN-4021", "pear"), Sample.Document("b", Sample.Public, "plum")), Cancel);
        List<string> before;
        using (var view = Index.OpenView(Sample.Everything))
        {
            before = await view.DumpAsync();
        }

        await Index.ApplyAsync(new IndexBatch { AccessChanges = new Dictionary<DocumentId, AccessSetId> { [Sample.Id("a")] = Sample.Secret, [Sample.Id("none")] = Sample.Secret } }, Cancel);

        using var open = Index.OpenView(Sample.Allowed(Sample.Public));
        using var secret = Index.OpenView(Sample.Allowed(Sample.Secret));
        using var everything = Index.OpenView(Sample.Everything);
        (await open.IdsAsync()).ShouldBe(["test:page:b/000"]);
        (await secret.IdsAsync()).ShouldBe(["test:page:a/000", "test:page:a/001"]);
        (await secret.LexicalAsync("VPN-4021")).Count.ShouldBe(1);
        secret.GetTokenWeights([Sample.TokenId("pear")]).ShouldBe([(float)Math.Log(1 + (1.5 / 1.5))]);
        (await everything.DumpAsync()).Select(text => text.Replace(Sample.Secret.Value, Sample.Public.Value, StringComparison.Ordinal)).ShouldBe(before);
    }

    [Fact]
    public async Task Applying_a_batch_twice_is_applying_it_once()
    {
        await Index.ApplyAsync(Sample.Upsert(Sample.Document("gone", Sample.Public, "apple"), Sample.Document("moved", Sample.Public, "apple", "pear")), Cancel);
        var batch = new IndexBatch
        {
            Upserts = [Sample.Document("a", Sample.Public, "apple tree", "pear tree"), Sample.Document("b", Sample.Secret, "apple pie")],
            Deletions = [Sample.Id("gone")],
            AccessChanges = new Dictionary<DocumentId, AccessSetId> { [Sample.Id("moved")] = Sample.Secret },
        };

        await Index.ApplyAsync(batch, Cancel);
        using var once = Index.OpenView(Sample.Everything);
        var statistics = Index.GetStatistics();
        await Index.ApplyAsync(batch, Cancel);
        using var twice = Index.OpenView(Sample.Everything);

        (await twice.DumpAsync()).ShouldBe(await once.DumpAsync());
        (await twice.LexicalAsync("apple tree")).ShouldBe(await once.LexicalAsync("apple tree"));
        Index.GetStatistics().ShouldSatisfyAllConditions(
            after => after.Documents.ShouldBe(statistics.Documents),
            after => after.Chunks.ShouldBe(statistics.Chunks),
            after => after.Tokens.ShouldBe(statistics.Tokens));
    }

    [Fact]
    public async Task An_open_view_does_not_see_later_commits()
    {
        await Index.ApplyAsync(Sample.Upsert(Sample.Document("a", Sample.Public, "apple"), Sample.Document("b", Sample.Public, "pear")), Cancel);
        using var view = Index.OpenView(Sample.Everything);
        var before = await view.DumpAsync();

        for (var i = 0; i < 5; i++)
        {
            await Index.ApplyAsync(Sample.Upsert(Sample.Document("a", Sample.Secret, $"apple {i}"), Sample.Document($"c{i}", Sample.Public, "pear")) with { Deletions = [Sample.Id("b")] }, Cancel);
        }

        view.Count.ShouldBe(2);
        (await view.DumpAsync()).ShouldBe(before);
        (await view.LexicalAsync("pear")).Select(hit => hit.Id).ShouldBe(["test:page:b/000"]);
        view.GetTokenWeights([Sample.TokenId("pear")]).ShouldBe([(float)Math.Log(1 + (1.5 / 1.5))]);
    }

    [Fact]
    public async Task Token_weights_are_inverse_document_frequencies_of_the_view()
    {
        await Index.ApplyAsync(
            Sample.Upsert(
                Sample.Document("a", Sample.Public, "apple apple pear", "apple"), Sample.Document("b", Sample.Public, "plum"), Sample.Document("c", Sample.Secret, "apple plum")),
            Cancel);

        using var view = Index.OpenView(Sample.Allowed(Sample.Public));

        view.GetTokenWeights([Sample.TokenId("pear"), Sample.TokenId("apple"), Sample.TokenId("nonesuch"), Sample.TokenId("pear")])
            .ShouldBe([Weight(3, 1), Weight(3, 2), Weight(3, 0), Weight(3, 1)]);

        static float Weight(int all, int holding) => (float)Math.Log(1 + ((all - holding + 0.5) / (holding + 0.5)));
    }

    [Fact]
    public async Task Statistics_count_documents_by_source()
    {
        await Index.ApplyAsync(
            Sample.Upsert(
                Sample.Document("a", Sample.Public, "one two three", "four"),
                Sample.Document("b", Sample.Secret, "five"),
                Sample.Document(Sample.Id("c", "other"), Sample.Public, "C", "six seven")),
            Cancel);

        var statistics = Index.GetStatistics();

        statistics.Documents.ShouldBe(3);
        statistics.Chunks.ShouldBe(4);
        statistics.Tokens.ShouldBe(7);
        statistics.Generation.ShouldBe(1);
        statistics.Bytes.ShouldBeGreaterThan(0);
        statistics.DocumentsBySource.ShouldBe(new Dictionary<string, int> { ["test"] = 2, ["other"] = 1 }, ignoreOrder: true);
    }

    [Fact]
    public async Task What_was_applied_is_there_after_opening_again()
    {
        await Index.ApplyAsync(Sample.Upsert(Sample.Document("a", Sample.Public, "apple", "pear"), Sample.Document("b", Sample.Secret, "plum")), Cancel);
        await Index.ApplyAsync(new IndexBatch { Deletions = [Sample.Id("b")] }, Cancel);
        List<string> before;
        using (var view = Index.OpenView(Sample.Everything))
        {
            before = await view.DumpAsync();
        }

        await Index.DisposeAsync();
        _index = await OpenAsync();

        using var reopened = Index.OpenView(Sample.Everything);
        (await reopened.DumpAsync()).ShouldBe(before);
        Index.GetStatistics().Generation.ShouldBe(2);
    }

    [Fact]
    public async Task A_cancelled_batch_changes_nothing()
    {
        await Index.ApplyAsync(Sample.Upsert(Sample.Document("a", Sample.Public, "apple")), Cancel);
        using var cancelled = new CancellationTokenSource();
        var batch = new IndexBatch { Upserts = new CancellingList(cancelled, [.. Enumerable.Range(0, 50).Select(i => Sample.Document($"d{i}", Sample.Public, "pear"))]) };

        await Should.ThrowAsync<OperationCanceledException>(Index.ApplyAsync(batch, cancelled.Token));
        await Index.ApplyAsync(Sample.Upsert(Sample.Document("b", Sample.Public, "plum")), Cancel);

        using var view = Index.OpenView(Sample.Everything);
        (await view.IdsAsync()).ShouldBe(["test:page:a/000", "test:page:b/000"]);
    }

    [Fact]
    public async Task Readers_see_whole_batches_while_a_writer_applies_them()
    {
        const int batches = 20;
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var reading = Enumerable.Range(0, 2).Select(_ => Task.Run(() => ReadUntilAsync(done.Token), Cancel)).ToList();

        for (var i = 0; i < batches; i++)
        {
            await Index.ApplyAsync(Sample.Upsert(Sample.Document("left", Sample.Public, $"version {i}"), Sample.Document("right", Sample.Public, $"version {i}")), Cancel);
        }

        await done.CancelAsync();
        (await Task.WhenAll(reading)).ShouldAllBe(torn => torn == 0);
        Index.GetStatistics().Generation.ShouldBe(batches);
    }

    private static float Dot(float[] left, float[] right) => left.Zip(right, (a, b) => a * b).Sum();

    private static List<float> BestByHand(TextEncoding query, IndexedChunk chunk) =>
    [
        .. Int8Vectors.QuantiseQueryRows(query.TokenVectors, query.TokenDimensions).Chunk(query.TokenDimensions).Select(row =>
            chunk.TokenVectors.Length == 0 ? -1 : chunk.TokenVectors.Chunk(chunk.TokenDimensions).Max(token => row.Zip(token, (left, right) => left * right).Sum()) * Int8Vectors.Scale),
    ];

    /// <returns>How often the two documents of a batch were not of the same batch.</returns>
    private async Task<int> ReadUntilAsync(CancellationToken done)
    {
        var torn = 0;
        while (!done.IsCancellationRequested)
        {
            using var view = Index.OpenView(Sample.Everything);
            var texts = (await view.AllAsync()).Select(chunk => chunk.Chunk.Text).Distinct();
            torn += texts.Count() > 1 ? 1 : 0;
        }

        return torn;
    }
}
