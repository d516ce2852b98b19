using CopilotBot.Conversations;
using CopilotBot.Indexing;
using CopilotBot.Indexing.Embedded;
using CopilotBot.Knowledge;
using CopilotBot.Retrieval;
using CopilotBot.Sources;
using CopilotBot.Storage;
using CopilotBot.Sync;
using CopilotBot.Sync.Live;
using CopilotBot.Tests.Indexing;
using CopilotBot.Tests.Indexing.Embedded;
using CopilotBot.Tests.Storage;
using CopilotBot.Tests.Support;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CopilotBot.Tests.Sync.Live;

/// <summary>The engine over the real stores and the real index; only the encoder is made up.</summary>
internal sealed class LiveBench : IAsyncDisposable
{
    private readonly OpenedState _state = new();
    private readonly TemporaryFolder _folder = new();
    private readonly EmbeddedKnowledgeIndex _index;
    private readonly ILiveSource _source;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _loggers;
    private AccessFilter _filter;

    public LiveBench(ILiveSource source, LiveSyncOptions options, TimeProvider time, ILoggerFactory? loggers = null)
    {
        (_source, Options, _time, _loggers) = (source, options, time, loggers ?? NullLoggerFactory.Instance);
        _index = EmbeddedKnowledgeIndexTests.Open(_folder.Path);
        (Documents, _filter, Session, Sync) = OpenAsync().GetAwaiter().GetResult();
    }

    public LiveSyncOptions Options { get; }

    /// <summary>Breaks writes to stores and index.</summary>
    public Fuse Fuse { get; } = new();

    /// <summary>Every text that was embedded.</summary>
    public List<string> Embedded { get; } = [];

    public LiteDocumentStore Documents { get; private set; }

    public IKnowledgeIndex Index => _index;

    public LiveSession Session { get; private set; }

    public LiveSync Sync { get; private set; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>As after a restart: only what is on disk is left.</summary>
    public async Task ReopenAsync() => (Documents, _filter, Session, Sync) = await OpenAsync();

    public Task<SyncReport> RunAsync(bool full = false) => Sync.RunAsync(full, null, Cancel);

    /// <summary>What the loops of changes and of reading do.</summary>
    public async Task LookAsync()
    {
        await Sync.Steps.Changes.RunAsync(Session, Cancel);
        await ReadAsync();
    }

    public Task ReadAsync() => Sync.Steps.Reader.RunAsync(Session, new LiveTally(), null, Cancel);

    public Task ReadAccessAsync(AccessDepth depth = AccessDepth.Everything, params IReadOnlyList<DocumentId> items) => Sync.Steps.Access.RunAsync(Session, depth, items, Cancel);

    public Task ReconcileAsync(bool isShrinkingRight = false) => Sync.Steps.Reconciliation.RunAsync(Session, isShrinkingRight, Cancel);

    /// <summary>The documents whose text and state both let the asker see them.</summary>
    public async Task<List<string>> FindAsync(string words, UserIdentity asker, int most = 100)
    {
        var allowed = _filter.GetAllowed(asker);
        using var view = _index.OpenView(allowed);
        var hits = await view.SearchLexicalAsync(words, most, Cancel);
        var chunks = await view.GetChunksAsync([.. hits.Select(hit => hit.Row)], Cancel);
        var headers = Documents.GetHeaders([.. chunks.Select(chunk => chunk.Chunk.DocumentId)]);
        return [.. chunks.Select(chunk => chunk.Chunk.DocumentId).Distinct().Where(id => headers.TryGetValue(id, out var header) && allowed.Contains(header.AccessSet)).Select(id => id.Value)];
    }

    public async ValueTask DisposeAsync()
    {
        Sync.Dispose();
        await _index.DisposeAsync();
        _state.Dispose();
        _folder.Dispose();
    }

    private async Task<(LiteDocumentStore Documents, AccessFilter Filter, LiveSession Session, LiveSync Sync)> OpenAsync()
    {
        var documents = new LiteDocumentStore(_state.Database);
        var access = new LiteAccessStore(_state.Database);
        var pending = Fuse.Guard<ISyncStateStore>(new LiteSyncStateStore(_state.Database));
        var states = Fuse.Guard<ILiveStateStore>(new LiteLiveStateStore(_state.Database));
        var guardedAccess = Fuse.Guard<IAccessStore>(access);
        var options = Microsoft.Extensions.Options.Options.Create(Options);
        var writer = new LiveWriter(
            Fuse.Guard<IKnowledgeIndex>(_index), Fuse.Guard<IDocumentStore>(documents), guardedAccess, pending, new HeadingChunker(text => text.Split(' ').Length), EncodeAsync, _loggers.CreateLogger<LiveWriter>());
        var steps = new LiveSteps(
            new ChangeWatch(options, _time), new AccessWatch(writer, guardedAccess, options, _time, _loggers.CreateLogger<AccessWatch>()), new Reconciliation(writer, options, _time, _loggers.CreateLogger<Reconciliation>()),
            new ItemReader(writer, guardedAccess, options, _time, _loggers.CreateLogger<ItemReader>()));
        var session = await LiveSyncs.OpenAsync(_source, writer, states, _time, CancellationToken.None);
        return (documents, new AccessFilter(access), session, new LiveSync(session, steps, options, _time, _loggers.CreateLogger<LiveSync>()));
    }

    private Task<IReadOnlyList<TextEncoding>> EncodeAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        Embedded.AddRange(texts);
        return Task.FromResult<IReadOnlyList<TextEncoding>>([.. texts.Select(Sample.Encode)]);
    }
}
