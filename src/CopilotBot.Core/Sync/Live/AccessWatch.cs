using CopilotBot.Knowledge;
using CopilotBot.Sources;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CopilotBot.Sync.Live;

/// <summary>
/// Brings who may read what up to date. While it changes, a document is readable only for those whom both the old and the new state let in; what is older than the
/// limit lets nobody in (facts/sources.md §7.3).
/// </summary>
public sealed partial class AccessWatch(LiveWriter writer, IAccessStore access, IOptions<LiveSyncOptions> options, TimeProvider time, ILogger<AccessWatch> logger)
{
    internal async Task RunAsync(LiveSession session, AccessDepth depth, IReadOnlyList<DocumentId> items, CancellationToken cancellationToken)
    {
        var started = time.GetUtcNow();
        var scopes = new List<string>();
        var reading = await ReadAsync(session, depth, items, cancellationToken);
        scopes.AddRange(reading.Reading.ScopesToRead);
        while (!await TryApplyAsync(session, reading, cancellationToken))
        {
            // A reading that began later was taken over already: this one is told again, from memory.
            reading = await ReadAsync(session, AccessDepth.Items, [], cancellationToken);
            scopes.AddRange(reading.Reading.ScopesToRead);
        }

        ReadAgain(session, scopes);
        session.Change(state => state with { AccessAt = depth == AccessDepth.Everything ? started : state.AccessAt });
    }

    /// <summary>Takes all access away when what is known of it is too old to be trusted.</summary>
    internal void Expire(LiveSession session)
    {
        var oldest = time.GetUtcNow() - TimeSpan.FromHours(options.Value.AccessMaximumHours);
        if (session.State.AccessAt is { } at && at < oldest && access.GetLayers().Any(layer => IsOf(session.Source.Name, layer.Id)))
        {
            Log.Expired(logger, session.Source.Name.Value);
            access.ReplaceDirectory(session.Source.Name, [], []);
        }
    }

    /// <returns>And how many readings had been taken over when it was told at the latest.</returns>
    private async Task<(AccessReading Reading, int Taken)> ReadAsync(LiveSession session, AccessDepth depth, IReadOnlyList<DocumentId> items, CancellationToken cancellationToken)
    {
        var taken = session.AccessTaken;
        return (await session.Source.ReadAccessAsync(new AccessRequest(depth, items, InUse(session)), cancellationToken), taken);
    }

    private async Task<bool> TryApplyAsync(LiveSession session, (AccessReading Reading, int Taken) told, CancellationToken cancellationToken)
    {
        await session.Writing.WaitAsync(cancellationToken);
        try
        {
            if (session.AccessTaken != told.Taken)
            {
                return false;
            }

            await ApplyAsync(session, told.Reading, cancellationToken);
            session.AccessTaken++;
            return true;
        }
        finally
        {
            session.Writing.Release();
        }
    }

    private async Task ApplyAsync(LiveSession session, AccessReading reading, CancellationToken cancellationToken)
    {
        var changes = FindChanges(session, reading);
        var both = changes.ToDictionary(change => change.Key, IReadOnlyList<LayerId> (change) => [.. change.Value.Old.Union(change.Value.New)]);
        await writer.ChangeLayersAsync(session.Table, both, cancellationToken);
        Replace(session, reading);
        session.SetAccess(reading);
        await writer.ChangeLayersAsync(session.Table, changes.ToDictionary(change => change.Key, change => change.Value.New), cancellationToken);
        if (changes.Count > 0)
        {
            Log.Changed(logger, session.Source.Name.Value, changes.Count);
        }
    }

    private void Replace(LiveSession session, AccessReading reading)
    {
        try
        {
            access.ReplaceDirectory(session.Source.Name, reading.Layers, reading.People);
        }
        catch (ArgumentException exception)
        {
            throw new SourceException($"The readers of '{session.Source.Name}' cannot be taken over, so nobody's access was changed: please report it. {exception.Message}", exception);
        }
    }

    private Dictionary<DocumentId, (IReadOnlyList<LayerId> Old, IReadOnlyList<LayerId> New)> FindChanges(LiveSession session, AccessReading reading)
    {
        var sets = access.GetSets();
        var changes = new Dictionary<DocumentId, (IReadOnlyList<LayerId>, IReadOnlyList<LayerId>)>();
        foreach (var (item, layers) in reading.ItemLayers)
        {
            if (session.Table.Find(item) is null or { State: ItemState.Hidden })
            {
                continue;
            }

            var documents = session.Table.FindDocuments(item);
            if (documents.FirstOrDefault(header => header.Id == item) is not { } main || main.AccessSet == AccessSetId.Of(layers))
            {
                continue;
            }

            var old = sets.GetValueOrDefault(main.AccessSet, [session.Nobody]);
            foreach (var header in documents)
            {
                var before = sets.GetValueOrDefault(header.AccessSet, [session.Nobody]);
                changes[header.Id] = (before, LiveSession.Merge(layers, old, before));
            }
        }

        return changes;
    }

    private HashSet<LayerId> InUse(LiveSession session)
    {
        var sets = access.GetSets();
        return session.Table.All.SelectMany(item => session.Table.FindDocuments(item.Id)).Select(header => header.AccessSet).Distinct()
            .SelectMany(set => sets.GetValueOrDefault(set, [])).Where(layer => layer != session.Nobody).ToHashSet();
    }

    private void ReadAgain(LiveSession session, IReadOnlyList<string> scopes)
    {
        var now = time.GetUtcNow();
        var wanted = scopes.ToHashSet(StringComparer.Ordinal);
        if (wanted.Count > 0)
        {
            session.Table.Change(
                session.Table.All.Where(item => item.State != ItemState.Hidden && wanted.Contains(item.Scope)).Select(item => item.Id),
                (_, item) => item is null ? null : item with { Due = now, IsUrgent = false });
        }
    }

    private static bool IsOf(SourceName source, LayerId layer) => layer.Value.StartsWith(source.Value + ":", StringComparison.Ordinal);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Source {Source}: the readers of {Documents} documents changed.")]
        public static partial void Changed(ILogger logger, string source, int documents);

        [LoggerMessage(LogLevel.Error, "Source {Source}: who may read what was not read for too long, so nobody finds anything of it until it is.")]
        public static partial void Expired(ILogger logger, string source);
    }
}
