using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using CopilotBot.Knowledge;
using CopilotBot.Sources;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Sync.Live;

/// <summary>A live source in memory: it keeps the rules of <see cref="ILiveSource"/> unless the test breaks them.</summary>
internal sealed class ScriptedLiveSource(TimeProvider time) : ILiveSource
{
    public SourceName Name => Some.Source;

    public Dictionary<DocumentId, Document> Documents { get; } = [];

    public Dictionary<DocumentId, List<Document>> Parts { get; } = [];

    public Dictionary<DocumentId, GoneReason> Gone { get; } = [];

    public Dictionary<DocumentId, DateTimeOffset> Modified { get; } = [];

    /// <summary>Items that cannot be read, whoever is asked for beside them.</summary>
    public HashSet<DocumentId> Poisoned { get; } = [];

    /// <summary>Items over which the source itself breaks.</summary>
    public HashSet<DocumentId> Breaking { get; } = [];

    /// <summary>Items that listings leave out.</summary>
    public HashSet<DocumentId> Unlisted { get; } = [];

    public List<AccessLayer> Layers { get; } = [];

    public List<Person> People { get; } = [];

    public Dictionary<DocumentId, IReadOnlyList<LayerId>> ItemLayers { get; } = [];

    public List<string> ScopesToRead { get; } = [];

    public Exception? AccessFault { get; set; }

    public Exception? ListingFault { get; set; }

    public Exception? ReadingFault { get; set; }

    public string? ScopeProblem { get; set; }

    public List<DocumentId> Read { get; } = [];

    /// <summary>Runs when items have been read and before they are handed over.</summary>
    public Func<Task> BeforeHandingOver { get; set; } = () => Task.CompletedTask;

    /// <summary>Runs when the reader has them and before it writes them.</summary>
    public Func<Task> AfterReading { get; set; } = () => Task.CompletedTask;

    /// <summary>The source's answer on an account and a document; null for none.</summary>
    public Func<string, DocumentId, bool?> MayRead { get; set; } = (_, _) => true;

    /// <summary>Runs before the source answers who may read what.</summary>
    public Func<Task> BeforeMayRead { get; set; } = () => Task.CompletedTask;

    public ConcurrentQueue<(string Account, IReadOnlyList<DocumentId> Documents)> Asked { get; } = [];

    public int ReadingBatch { get; set; } = 10;

    public void Add(Document document, params IReadOnlyList<Document> parts)
    {
        Documents[document.Id] = document;
        Parts[document.Id] = [.. parts];
        Modified[document.Id] = time.GetUtcNow();
        Gone.Remove(document.Id);
    }

    public void Lose(DocumentId id, GoneReason reason)
    {
        Documents.Remove(id);
        Gone[id] = reason;
    }

    public Task<SourceCheck> CheckAsync(CancellationToken cancellationToken) => Task.FromResult(new SourceCheck("the bot", [], true));

    public Task<IReadOnlyList<SourceScope>> GetScopesAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SourceScope>>([new SourceScope("1", "ENG", "Engineering", Problem: ScopeProblem)]);

    public async IAsyncEnumerable<ListedItem> GetChangedAsync(DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        foreach (var (id, modified) in Modified.Where(entry => entry.Value >= since && Documents.ContainsKey(entry.Key)).OrderByDescending(entry => entry.Value))
        {
            yield return new ListedItem(id, "1", Documents[id].Version, modified);
        }
    }

    public async IAsyncEnumerable<ListedItem> ListAsync(SourceScope scope, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        foreach (var document in Documents.Values.Where(document => !Unlisted.Contains(document.Id)))
        {
            yield return new ListedItem(document.Id, "1", document.Version, Modified[document.Id]);
        }

        if (ListingFault is not null)
        {
            throw ListingFault;
        }
    }

    public async IAsyncEnumerable<ItemReading> ReadAsync(IReadOnlyList<DocumentId> items, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (ReadingFault is not null)
        {
            throw ReadingFault;
        }

        var readings = items.Select(ReadingOf).ToList();
        await BeforeHandingOver();
        if (items.FirstOrDefault(Breaking.Contains) is { Value: not null })
        {
            throw new FormatException("a bug of the source");
        }

        foreach (var reading in readings)
        {
            Read.Add(reading.Item);
            yield return reading;
        }

        await AfterReading();
    }

    public Task<AccessReading> ReadAccessAsync(AccessRequest request, CancellationToken cancellationToken) =>
        AccessFault is null
            ? Task.FromResult(new AccessReading([.. Layers], [.. People], new Dictionary<DocumentId, IReadOnlyList<LayerId>>(ItemLayers), [.. ScopesToRead]))
            : throw AccessFault;

    public async Task<IReadOnlyDictionary<DocumentId, bool>> MayReadAsync(string accountId, IReadOnlyList<DocumentId> documents, CancellationToken cancellationToken)
    {
        Asked.Enqueue((accountId, documents));
        await BeforeMayRead();
        return documents.Select(id => (Id: id, May: MayRead(accountId, id))).Where(answer => answer.May is not null).ToDictionary(answer => answer.Id, answer => answer.May == true);
    }

    private ItemReading ReadingOf(DocumentId id) =>
        Poisoned.Contains(id) ? new ItemReading.Failed(id, "It answers 500.")
        : Documents.TryGetValue(id, out var document)
            ? new ItemReading.Found(id, "1", document.Version, [document, .. Parts[id]], [], [], [])
            : new ItemReading.Gone(id, Gone.GetValueOrDefault(id, GoneReason.NotFound));
}
