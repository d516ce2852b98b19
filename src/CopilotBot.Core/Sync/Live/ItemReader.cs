using System.Runtime.CompilerServices;
using CopilotBot.Knowledge;
using CopilotBot.Sources;
using CopilotBot.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CopilotBot.Sync.Live;

/// <summary>Reads the items that are due and writes what became of them; the next batch is fetched while one is embedded.</summary>
public sealed partial class ItemReader(LiveWriter writer, IAccessStore access, IOptions<LiveSyncOptions> options, TimeProvider time, ILogger<ItemReader> logger)
{
    private const int MostDoublings = 9;

    private static readonly TimeSpan FirstRetry = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan LongestRetry = TimeSpan.FromHours(6);

    /// <summary>Until nothing is due.</summary>
    /// <param name="written">Called after each batch.</param>
    internal async Task RunAsync(LiveSession session, LiveTally tally, Action? written, CancellationToken cancellationToken)
    {
        var next = FetchAsync(session, cancellationToken);
        var isLast = true;
        while (true)
        {
            if (await next is not { } batch)
            {
                if (isLast)
                {
                    return;
                }

                // What became due while the last batch was written.
                (next, isLast) = (FetchAsync(session, cancellationToken), true);
                continue;
            }

            (next, isLast) = (FetchAsync(session, cancellationToken), false);
            try
            {
                await WriteAsync(session, batch, tally, cancellationToken);
                written?.Invoke();
            }
            catch
            {
                session.Table.Release(batch.Taken.Select(item => item.Id));
                await ReleaseAsync(session, next);
                throw;
            }
        }
    }

    private static async Task ReleaseAsync(LiveSession session, Task<FetchedItems?> fetching)
    {
        try
        {
            session.Table.Release((await fetching)?.Taken.Select(item => item.Id) ?? []);
        }
        catch (Exception exception) when (exception is SourceException or SourceThrottledException or OperationCanceledException)
        {
            // It gave back what it had taken; the first failure is the one that is told.
        }
    }

    private async Task<FetchedItems?> FetchAsync(LiveSession session, CancellationToken cancellationToken)
    {
        await Task.Yield();
        var batch = new FetchedItems();
        try
        {
            while (batch.Chunks < options.Value.ChunksPerCommit && session.Table.TakeDue(time.GetUtcNow(), session.Source.ReadingBatch) is { Count: > 0 } taken)
            {
                batch.Taken.AddRange(taken);
                var (started, sequence) = (time.GetUtcNow(), session.Now());
                await foreach (var reading in ReadSafelyAsync(session.Source, [.. taken.Select(item => item.Id)], cancellationToken))
                {
                    batch.Add(reading, sequence, started);
                    if (reading is ItemReading.Found found)
                    {
                        batch.Writes.Add(writer.Plan(found, session.Table.FindDocuments(found.Item), IsSuspect(session, found.Item)));
                    }
                }

                if (taken.Any(item => item.IsUrgent))
                {
                    break;
                }
            }

            return batch.Taken.Count == 0 ? null : batch;
        }
        catch
        {
            session.Table.Release(batch.Taken.Select(item => item.Id));
            throw;
        }
    }

    /// <summary>What a source cannot cope with fails alone, even where the source did not expect it.</summary>
    private async IAsyncEnumerable<ItemReading> ReadSafelyAsync(ILiveSource source, IReadOnlyList<DocumentId> items, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (readings, isWhole) = await TryReadAsync(source, items, cancellationToken);
        foreach (var reading in readings)
        {
            yield return reading;
        }

        if (isWhole)
        {
            yield break;
        }

        var read = readings.Select(reading => reading.Item).ToHashSet();
        foreach (var item in items.Where(item => !read.Contains(item)))
        {
            var (single, isRead) = items.Count > 1 ? await TryReadAsync(source, [item], cancellationToken) : ([], false);
            yield return single.FirstOrDefault(reading => reading.Item == item) ?? new ItemReading.Failed(item, isRead ? "The source did not say what became of it." : "It could not be read: please report it; the log says why at level Trace.");
        }
    }

    private async Task<(List<ItemReading> Readings, bool IsWhole)> TryReadAsync(ILiveSource source, IReadOnlyList<DocumentId> items, CancellationToken cancellationToken)
    {
        var readings = new List<ItemReading>();
        try
        {
            await foreach (var reading in source.ReadAsync(items, cancellationToken))
            {
                readings.Add(reading);
            }

            return (readings, true);
        }
        catch (Exception exception) when (exception is not (SourceException or SourceThrottledException or OperationCanceledException))
        {
            // The border of an item. The message may quote it.
            Log.Broke(logger, exception);
            return (readings, false);
        }
    }

    private static bool IsSuspect(LiveSession session, DocumentId item) => session.Suspect.Contains(item) || session.Table.FindDocuments(item).Any(header => session.Suspect.Contains(header.Id));

    private async Task WriteAsync(LiveSession session, FetchedItems batch, LiveTally tally, CancellationToken cancellationToken)
    {
        await writer.EncodeAsync(batch.Writes, cancellationToken);
        await session.Writing.WaitAsync(cancellationToken);
        try
        {
            AddLayers(session, batch);
            await writer.ApplyAsync(session.Table, batch.Writes, (write, document) => session.LayersOf(document, write.Reading.Documents[0].Layers, batch.ReadAt(write.Reading.Item)), cancellationToken);
            await HideAsync(session, batch, cancellationToken);
            Conclude(session, batch, tally);
        }
        finally
        {
            session.Writing.Release();
        }
    }

    /// <summary>What a newer reading of access said of a layer stands.</summary>
    private void AddLayers(LiveSession session, FetchedItems batch)
    {
        var known = access.GetLayers().Select(layer => layer.Id).ToHashSet();
        access.AddLayers(
            session.Source.Name,
            [.. batch.Writes.SelectMany(write => write.Reading.Layers.Where(layer => session.IsNewest(batch.ReadAt(write.Reading.Item)) || !known.Contains(layer.Id))).GroupBy(layer => layer.Id).Select(same => same.Last())]);
    }

    private async Task HideAsync(LiveSession session, FetchedItems batch, CancellationToken cancellationToken)
    {
        var gone = batch.Readings.OfType<ItemReading.Gone>().SelectMany(reading => session.Table.FindDocuments(reading.Item)).ToDictionary(header => header.Id, IReadOnlyList<LayerId> (_) => [session.Nobody]);
        await writer.ChangeLayersAsync(session.Table, gone, cancellationToken);
        var skipped = batch.Readings.OfType<ItemReading.Skipped>().Select(reading => reading.Item).Where(item => session.Table.FindDocuments(item).Count > 0).ToList();
        if (skipped.Count > 0)
        {
            await writer.PurgeAsync(session.Table, skipped, cancellationToken);
        }
    }

    private void Conclude(LiveSession session, FetchedItems batch, LiveTally tally)
    {
        var now = time.GetUtcNow();
        var taken = batch.Taken.ToDictionary(item => item.Id);
        var problems = batch.Writes.ToDictionary(write => write.Reading.Item, write => write.Problems);
        var readings = batch.Readings.ToDictionary(reading => reading.Item);
        session.Table.Change(taken.Keys, (id, current) =>
        {
            var before = current ?? taken[id];
            var after = After(before, readings.GetValueOrDefault(id) ?? new ItemReading.Failed(id, "The source did not say what became of it."), batch.Started(id) ?? now, now, problems.GetValueOrDefault(id));

            // What happened to it while it was read is still to be read.
            return before.Due == taken[id].Due ? after : after with { Due = before.Due, IsUrgent = before.IsUrgent };
        });
        session.Table.Release(taken.Keys);
        tally.Count(batch, now);
        foreach (var changed in batch.Taken.Where(item => item.IsUrgent && item.ChangedAt is not null))
        {
            CopilotTelemetry.ChangeIndexed(session.Source.Name.Value, (now - changed.ChangedAt.GetValueOrDefault()).TotalSeconds);
        }

        foreach (var failed in batch.Readings.OfType<ItemReading.Failed>())
        {
            Log.NotRead(logger, failed.Item.Value, failed.Reason);
            CopilotTelemetry.ItemFailed(session.Source.Name.Value);
        }
    }

    private ItemRecord After(ItemRecord before, ItemReading reading, DateTimeOffset started, DateTimeOffset now, IReadOnlyList<PartIssue>? problems) => reading switch
    {
        ItemReading.Found found => before with
        {
            Scope = found.Scope,
            Version = found.Version,
            State = problems?.FirstOrDefault(problem => problem.Part == found.Item) is null ? ItemState.Indexed : ItemState.Skipped,
            Reason = problems?.FirstOrDefault(problem => problem.Part == found.Item)?.Reason ?? "",
            ReadAt = started,
            Attempts = found.FailedParts.Count > 0 ? before.Attempts + 1 : 0,
            Due = found.FailedParts.Count > 0 ? now + Pause(before.Attempts) : null,
            IsUrgent = false,
            HiddenAt = null,
            PurgeAt = null,
            Parts = [.. found.SkippedParts, .. found.FailedParts, .. (problems ?? []).Where(problem => problem.Part != found.Item)],
        },
        ItemReading.Skipped skipped => before with
        {
            Scope = skipped.Scope,
            Version = skipped.Version,
            State = ItemState.Skipped,
            Reason = skipped.Reason,
            ReadAt = started,
            Attempts = 0,
            Due = null,
            IsUrgent = false,
            HiddenAt = null,
            PurgeAt = null,
            Parts = null,
        },
        ItemReading.Gone gone => before with
        {
            State = ItemState.Hidden,
            Reason = Describe(gone.Reason),
            Version = null,
            Attempts = 0,
            Due = null,
            IsUrgent = false,
            HiddenAt = before.HiddenAt ?? now,
            PurgeAt = before.PurgeAt ?? now + TimeSpan.FromHours(gone.Reason == GoneReason.NotFound ? options.Value.PurgeMissingHours : options.Value.PurgeDeletedHours),
        },
        ItemReading.Failed failed => before with { Attempts = before.Attempts + 1, Reason = failed.Reason, Due = now + Pause(before.Attempts), IsUrgent = false },
        _ => throw new InvalidOperationException($"Unknown reading {reading.GetType().Name}."),
    };

    private static string Describe(GoneReason reason) => reason switch
    {
        GoneReason.Deleted => "It was deleted.",
        GoneReason.Archived => "It is archived.",
        GoneReason.OutOfScope => "It was moved to where the source is not read.",
        GoneReason.NotFound => "It is not there for the account any more.",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };

    private static TimeSpan Pause(int attempts)
    {
        var pause = FirstRetry * Math.Pow(2, Math.Min(attempts, MostDoublings));
        return pause < LongestRetry ? pause : LongestRetry;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Trace, "A source broke over an item.")]
        public static partial void Broke(ILogger logger, Exception exception);

        [LoggerMessage(LogLevel.Warning, "{Item} could not be read: {Reason}")]
        public static partial void NotRead(ILogger logger, string item, string reason);
    }
}
