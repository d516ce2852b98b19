using CopilotBot.Answering;
using CopilotBot.Conversations;
using CopilotBot.Indexing;
using CopilotBot.Indexing.Embedded;
using CopilotBot.Inference;
using CopilotBot.Knowledge;
using CopilotBot.Retrieval;
using CopilotBot.Storage;
using CopilotBot.Tests.Indexing;
using CopilotBot.Tests.Indexing.Embedded;
using CopilotBot.Tests.Storage;
using CopilotBot.Tests.Support;
using CopilotBot.Tests.Sync.Live;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CopilotBot.Tests.Answering;

/// <summary>An index of restricted pages of one live source, which Ada may read by their layers.</summary>
internal sealed class SearchedFolder : IDisposable
{
    private static readonly UserIdentity Ada = new("wiki:ada", "Ada", true);

    private readonly TemporaryFolder _folder = new();
    private readonly OpenedState _state = new();
    private readonly OnnxTextEncoder _encoder = new(ModelCatalog.Shipped.Single(model => model.Name == ModelCatalog.ShippedEncoder));
    private readonly EmbeddedKnowledgeIndex _index;

    private SearchedFolder() => _index = EmbeddedKnowledgeIndexTests.Open(_folder.Path);

    public static async Task<SearchedFolder> CreateAsync(IReadOnlyList<string> names)
    {
        var folder = new SearchedFolder();
        var access = new LiteAccessStore(folder._state.Database);
        access.ReplaceDirectory(Some.Source, [new AccessLayer(Some.Layer("few"), [Principal.User(Some.Source, "ada")])], [Some.Person("ada")]);
        foreach (var document in names.Select(name => Some.Document(name, layer: "few")))
        {
            var chunk = Sample.Chunk(document.Id, 0, document.Title, [], $"The password is reset in portal {document.Id.Value[^4..]}.");
            var encoding = (await folder._encoder.EncodeAsync([chunk.EncoderInput], TestContext.Current.CancellationToken))[0];
            await folder._index.ApplyAsync(Sample.Upsert(new IndexedDocument(document.Id, document.AccessSet, [new EncodedChunk(chunk, encoding)])), TestContext.Current.CancellationToken);
            new LiteDocumentStore(folder._state.Database).Save([document]);
            access.AddSet(document.AccessSet, document.Layers);
        }

        return folder;
    }

    /// <param name="mayRead">The source's answer on a page; null for none.</param>
    public async Task<GroundingRequest> SearchAsync(Func<DocumentId, bool?> mayRead, int passages)
    {
        var source = new ScriptedLiveSource(TimeProvider.System) { MayRead = (_, id) => mayRead(id) };
        var access = new AccessFilter(new LiteAccessStore(_state.Database));
        var recheck = new SourceRecheck(_ => source, access, Options.Create(new RecheckOptions { BudgetMs = 10_000 }), TimeProvider.System, NullLogger<SourceRecheck>.Instance);
        var retriever = new HybridRetriever(_index, _encoder, new OptionalCrossEncoder(null), Options.Create(new RetrievalOptions()), TimeProvider.System);
        var plugin = new KnowledgePlugin(retriever, new LiteDocumentStore(_state.Database), recheck, new AnsweringOptions { Passages = passages });
        return await plugin.SearchAsync("how do I reset the password", Ada, access.GetAllowed(Ada), TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        _index.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _encoder.Dispose();
        _state.Dispose();
        _folder.Dispose();
    }
}
