using CopilotBot.Answering;
using CopilotBot.Conversations;
using CopilotBot.Indexing;
using CopilotBot.Inference;
using CopilotBot.Knowledge;
using CopilotBot.Retrieval;
using CopilotBot.Storage;
using CopilotBot.Tests.Indexing;
using CopilotBot.Tests.Indexing.Embedded;
using CopilotBot.Tests.Storage;
using CopilotBot.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CopilotBot.Tests.Answering;

public sealed class KnowledgePluginTests
{
    [Fact]
    public async Task What_the_state_does_not_let_through_is_dropped_although_the_index_still_shows_it()
    {
        // A revocation commits in the state first; until the next commit of the index its copy of the readers is old.
        using var folder = new TemporaryFolder();
        using var state = new OpenedState();
        using var encoder = new OnnxTextEncoder(ModelCatalog.Shipped.Single(model => model.Name == ModelCatalog.ShippedEncoder));
        await using var index = EmbeddedKnowledgeIndexTests.Open(folder.Path);
        var documents = new LiteDocumentStore(state.Database);
        foreach (var name in new[] { "open", "revoked", "deleted" })
        {
            var chunk = Sample.Chunk(Sample.Id(name), 0, $"Title of {name}", [], $"The password is reset in portal {name}.");
            var encoding = (await encoder.EncodeAsync([chunk.EncoderInput], TestContext.Current.CancellationToken))[0];
            await index.ApplyAsync(Sample.Upsert(new IndexedDocument(Sample.Id(name), Sample.Public, [new EncodedChunk(chunk, encoding)])), TestContext.Current.CancellationToken);
        }

        documents.Save([Document("open", "public"), Document("revoked", "secret")]);
        var retriever = new HybridRetriever(index, encoder, new OptionalCrossEncoder(null), Options.Create(new RetrievalOptions()), TimeProvider.System);
        var plugin = new KnowledgePlugin(retriever, documents, new SourceRecheck(_ => null, new AccessFilter(new LiteAccessStore(state.Database)), Options.Create(new RecheckOptions()), TimeProvider.System, NullLogger<SourceRecheck>.Instance), new AnsweringOptions());

        var request = await plugin.SearchAsync("how do I reset the password", UserIdentity.Public, Sample.Allowed(Sample.Public), TestContext.Current.CancellationToken);

        request.Passages.ShouldHaveSingleItem().Document.Id.ShouldBe(Sample.Id("open"));
        request.Retrieval.Candidates.ShouldHaveSingleItem().Indexed.Chunk.DocumentId.ShouldBe(Sample.Id("open"));
    }

    [Fact]
    public async Task What_the_source_refuses_is_left_out_as_if_it_had_never_been_indexed()
    {
        var names = new[] { "open", "revoked", "next" };
        using var whole = await SearchedFolder.CreateAsync(names);
        using var bare = await SearchedFolder.CreateAsync(["open", "next"]);

        var request = await whole.SearchAsync(id => id != Some.Id("revoked"), passages: 3);

        var expected = await bare.SearchAsync(_ => true, passages: 3);
        request.Passages.Select(passage => (passage.Number, passage.Document.Id)).ShouldBe(expected.Passages.Select(passage => (passage.Number, passage.Document.Id)));
        request.Passages.Count.ShouldBe(2);
        request.Retrieval.DocumentsSearched.ShouldBe(2);
        request.Retrieval.Candidates.ShouldBe(request.Passages.Select(passage => passage.Candidate));
    }

    [Fact]
    public async Task A_source_that_is_down_leaves_nothing_restricted_and_ends_the_search()
    {
        using var folder = await SearchedFolder.CreateAsync([.. Enumerable.Range(0, 12).Select(i => $"page{i}")]);

        (await folder.SearchAsync(_ => null, passages: 2)).Passages.ShouldBeEmpty();
    }

    private static Document Document(string name, string space) => Some.Document(name) with { Id = Sample.Id(name), Layers = [new LayerId($"test:space:{space}")] };
}
