using System.Collections.Concurrent;
using CopilotBot.Knowledge;
using CopilotBot.Sources;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CopilotBot.Sync.Live;

/// <summary>The live sources of this process, opened when they are first needed.</summary>
public sealed class LiveSyncs(
    LiveSourceTypes types, LiveSteps steps, LiveWriter writer, ILiveStateStore states, IOptions<LiveSyncOptions> options, TimeProvider time, ILoggerFactory loggers) : IDisposable
{
    private readonly ConcurrentDictionary<SourceName, LiveSync> _open = new();

    private readonly SemaphoreSlim _opening = new(1);

    public IReadOnlyList<LiveSync> Open => [.. _open.Values.OrderBy(sync => sync.Name.Value, StringComparer.Ordinal)];

    /// <exception cref="SourceException">The registration cannot be used, for example because its token is missing.</exception>
    public async Task<LiveSync> GetAsync(SourceRegistration registration, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(registration);
        await _opening.WaitAsync(cancellationToken);
        try
        {
            if (_open.TryGetValue(registration.Name, out var known))
            {
                return known;
            }

            var source = types.Create(registration.Name, registration.Type, registration.Connection ?? throw new SourceException($"The source '{registration.Name}' has no connection: remove it and add it again."));
            var session = await OpenAsync(source, writer, states, time, cancellationToken);
            return _open[registration.Name] = new LiveSync(session, steps, options, time, loggers.CreateLogger<LiveSync>());
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>What is known of the source, with due what may not be as it is known.</summary>
    internal static async Task<LiveSession> OpenAsync(ILiveSource source, LiveWriter writer, ILiveStateStore states, TimeProvider time, CancellationToken cancellationToken)
    {
        var (proven, suspect) = await writer.OpenAsync(source.Name, cancellationToken);
        var table = new ItemTable(source.Name, states, proven);
        MakeLostDue(table, suspect, time.GetUtcNow());
        return new LiveSession(source, table, suspect, states);
    }

    /// <summary>Forgets what stands in memory of a source that was removed.</summary>
    public void Close(SourceName source)
    {
        if (_open.TryRemove(source, out var sync))
        {
            sync.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (var sync in _open.Values)
        {
            sync.Dispose();
        }

        _opening.Dispose();
    }

    /// <summary>Items whose documents are not all there any more, because the index was lost or a run was cut off.</summary>
    private static void MakeLostDue(ItemTable table, IReadOnlySet<DocumentId> suspect, DateTimeOffset now)
    {
        var broken = suspect.Select(ItemTable.ItemOf).ToHashSet();
        table.Change(
            table.All.Where(item => (item.State == ItemState.Indexed && table.FindDocuments(item.Id).Count == 0) || broken.Contains(item.Id)).Select(item => item.Id),
            (_, item) => item is null ? null : item with { Due = now, IsUrgent = true });
    }
}
