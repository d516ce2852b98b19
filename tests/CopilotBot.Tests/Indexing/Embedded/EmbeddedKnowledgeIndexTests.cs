using CopilotBot.Indexing;
using CopilotBot.Indexing.Embedded;
using CopilotBot.Knowledge;
using CopilotBot.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace CopilotBot.Tests.Indexing.Embedded;

public sealed class EmbeddedKnowledgeIndexTests : KnowledgeIndexConformance
{
    private readonly TemporaryFolder _folder = new();

    internal static EmbeddedKnowledgeIndex Open(string folder, EmbeddedIndexOptions? options = null, string encoder = "encoder-1") =>
        EmbeddedKnowledgeIndex.Open(folder, encoder, options ?? new EmbeddedIndexOptions(), NullLogger<EmbeddedKnowledgeIndex>.Instance);

    protected override Task<IKnowledgeIndex> OpenAsync() => Task.FromResult<IKnowledgeIndex>(Open(_folder.Path, new EmbeddedIndexOptions { PassagesPerFile = 8, CachedViews = 3 }));

    protected override Task RemoveAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Space_of_deleted_passages_is_reclaimed()
    {
        await Index.ApplyAsync(Sample.Upsert([.. Enumerable.Range(0, 50).Select(i => Sample.Document($"d{i:D2}", Sample.Public, "some words", "more words"))]), Cancel);
        var full = PassageBytes();

        await Index.ApplyAsync(new IndexBatch { Deletions = [.. Enumerable.Range(0, 50).Where(i => i % 4 != 0).Select(i => Sample.Id($"d{i:D2}"))] }, Cancel);

        PassageBytes().ShouldBeLessThan(full / 3);
        using var view = Index.OpenView(Sample.Everything);
        view.Count.ShouldBe(26);
        (await view.DumpAsync()).ShouldBe(await DumpOfAsync([.. Enumerable.Range(0, 13).Select(i => Sample.Document($"d{i * 4:D2}", Sample.Public, "some words", "more words"))]));
    }

    [Fact]
    public async Task Files_stay_as_long_as_a_view_reads_them()
    {
        await Index.ApplyAsync(Sample.Upsert([.. Enumerable.Range(0, 20).Select(i => Sample.Document($"d{i:D2}", Sample.Public, "some words"))]), Cancel);
        var view = Index.OpenView(Sample.Everything);
        var before = await view.DumpAsync();
        var files = PassageFiles();

        await Index.ApplyAsync(new IndexBatch { Deletions = [.. Enumerable.Range(0, 20).Select(i => Sample.Id($"d{i:D2}"))] }, Cancel);

        PassageFiles().ShouldBe(files);
        (await view.DumpAsync()).ShouldBe(before);
        view.Dispose();
        PassageFiles().ShouldBeEmpty();
    }

    [Fact]
    public async Task An_access_change_touches_no_passage_file()
    {
        await Index.ApplyAsync(Sample.Upsert(Sample.Document("a", Sample.Public, "apple"), Sample.Document("b", Sample.Public, "pear")), Cancel);
        var before = PassageFiles().Select(File.ReadAllBytes).ToList();

        await Index.ApplyAsync(new IndexBatch { AccessChanges = new Dictionary<DocumentId, AccessSetId> { [Sample.Id("a")] = Sample.Secret } }, Cancel);

        PassageFiles().Select(File.ReadAllBytes).ToList().ShouldBeEquivalentTo(before);
    }

    [Fact]
    public async Task A_disposed_view_or_index_says_so()
    {
        await Index.ApplyAsync(Sample.Upsert(Sample.Document("a", Sample.Public, "apple")), Cancel);
        var view = Index.OpenView(Sample.Everything);
        var open = Index.OpenView(Sample.Everything);
        view.Dispose();
        view.Dispose();

        await Should.ThrowAsync<ObjectDisposedException>(() => view.SearchLexicalAsync("apple", 1, Cancel));
        await Index.DisposeAsync();
        (await open.LexicalAsync("apple")).Count.ShouldBe(1);
        open.Dispose();
        Should.Throw<ObjectDisposedException>(() => Index.OpenView(Sample.Everything));
        await Should.ThrowAsync<ObjectDisposedException>(() => Index.ApplyAsync(Sample.Upsert(), Cancel));
    }

    [Fact]
    public async Task A_query_vector_of_another_size_is_a_mistake_of_the_caller()
    {
        await Index.ApplyAsync(Sample.Upsert(Sample.Document("a", Sample.Public, "apple")), Cancel);
        using var view = Index.OpenView(Sample.Everything);

        await Should.ThrowAsync<ArgumentException>(() => view.SearchDenseAsync(new float[3], 1, Cancel));
    }

    [Fact]
    public async Task Vectors_of_another_encoder_are_refused_and_change_nothing()
    {
        await Index.ApplyAsync(Sample.Upsert(Sample.Document("a", Sample.Public, "apple")), Cancel);
        var chunk = Sample.Encoded(Sample.Chunk(Sample.Id("b"), 0, "B", [], "pear"));
        var other = new IndexedDocument(Sample.Id("b"), Sample.Public, [chunk with { Encoding = chunk.Encoding with { SentenceVector = new float[7] } }]);

        var exception = await Should.ThrowAsync<IndexException>(() => Index.ApplyAsync(Sample.Upsert(Sample.Document("c", Sample.Public, "plum"), other), Cancel));

        exception.Message.ShouldBe($"The index in '{_folder.Path}' was built with another encoder model: delete that folder and run `CopilotBot sync --full`.");
        using var view = Index.OpenView(Sample.Everything);
        (await view.IdsAsync()).ShouldBe(["test:page:a/000"]);
    }

    [Fact]
    public async Task An_index_of_another_encoder_is_refused_even_where_its_vectors_have_the_same_size()
    {
        await Index.DisposeAsync();
        await Open(_folder.Path, encoder: "encoder-2").DisposeAsync(); // still empty: nobody's
        await using (var filled = Open(_folder.Path))
        {
            await filled.ApplyAsync(Sample.Upsert(Sample.Document("a", Sample.Public, "apple")), Cancel);
        }

        Should.Throw<IndexException>(() => Open(_folder.Path, encoder: "encoder-2")).Message
            .ShouldBe($"The index in '{_folder.Path}' was built with another encoder model: delete that folder and run `CopilotBot sync --full`.");
        await Open(_folder.Path).DisposeAsync();
    }

    [Fact]
    public void A_folder_that_is_in_use_is_refused()
    {
        Should.Throw<IndexException>(() => Open(_folder.Path)).Message
            .ShouldBe($"The index in '{_folder.Path}' is in use by another process: stop it, or use another data folder (--data).");
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_refused()
    {
        File.WriteAllText(_folder.In("file"), "");

        Should.Throw<IndexException>(() => Open(_folder.In("file", "index"))).Message
            .ShouldBe($"The index folder '{_folder.In("file", "index")}' cannot be written: make it writable and check that the disk has space, or use another data folder (--data).");
    }

    private static async Task<List<string>> DumpOfAsync(IndexedDocument[] documents)
    {
        using var folder = new TemporaryFolder();
        await using var index = Open(folder.Path);
        await index.ApplyAsync(Sample.Upsert(documents), Cancel);
        using var view = index.OpenView(Sample.Everything);
        return await view.DumpAsync();
    }

    private List<string> PassageFiles() => [.. Directory.EnumerateFiles(_folder.In("passages")).Order(StringComparer.Ordinal)];

    private long PassageBytes() => PassageFiles().Sum(file => new FileInfo(file).Length);
}
