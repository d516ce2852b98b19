using CopilotBot.Inference;
using CopilotBot.Knowledge;
using CopilotBot.Sources;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CopilotBot.Sync;

/// <summary>
/// Brings index and state up to what a source holds now. What did not change is neither chunked nor embedded; a change of readers alone touches no vector.
/// The cursor is saved last, so that a run that was cut off is repeated, and repeating does no harm. One run per source at a time: the caller sees to it.
/// </summary>
public sealed partial class SyncPipeline(
    SyncWriter writer, IAccessStore access, ISyncStateStore states, IOptions<SyncOptions> options, ILogger<SyncPipeline> logger, TimeProvider time)
{
    /// <summary>So many fewer documents are taken at their word even if they are a large share of a small source.</summary>
    private const int BelievedDeletions = 5;

    /// <summary>Runs the source once. Faults of the source as a whole come back as <see cref="SyncReport.Error"/>.</summary>
    /// <param name="full">Reads and embeds everything again, and takes a shrunken listing at its word.</param>
    public async Task<SyncReport> RunAsync(ISource source, bool full, IProgress<SyncProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        var start = time.GetTimestamp();
        var run = writer.Start(source.Name, full, time.GetUtcNow());
        var before = states.Find(source.Name);
        SyncCursor? completed = null;
        string? error = null;
        try
        {
            await foreach (var change in source.GetChangesAsync(ChooseCursor(run, before), cancellationToken))
            {
                completed = await ApplyAsync(run, change, progress, cancellationToken) ?? completed;
            }

            await writer.CommitAsync(run, progress, cancellationToken);
            if (completed is not null && !run.IsUnchanged)
            {
                error = await DeleteAbsentAsync(run, before?.CompleteCount ?? 0, cancellationToken);
            }
        }
        catch (SourceException exception)
        {
            Log.SourceFailed(logger, source.Name.Value, exception.Message);
            (completed, error) = (null, exception.Message);
            await writer.CommitAsync(run, progress, cancellationToken);
        }

        var state = Conclude(run, before, completed, error);
        states.Save(state);
        Log.Finished(logger, source.Name.Value, run.Added, run.Updated, run.Deleted, state.Failed.Count);
        return new SyncReport(
            source.Name, completed is not null, run.Added, run.Updated, run.Unchanged, run.Deleted, state.Skipped, state.Failed, run.ChunksEmbedded,
            time.GetElapsedTime(start), state.Error);
    }

    /// <summary>
    /// Null, which asks for everything, when the cursor proves nothing: the index does not match the state, or a run was cut off while it wrote.
    /// Failed documents are tried again now and then, since what kept them from being read need not show in the source.
    /// </summary>
    private SyncCursor? ChooseCursor(SyncRun run, SyncState? before)
    {
        var mustRead = run.Full || !run.IsConsistent
            || (before is { Failed.Count: > 0 } && !(before.LastListed + TimeSpan.FromMinutes(options.Value.RetryFailedMinutes) > run.Started));
        return mustRead || before?.Cursor is null ? null : new SyncCursor(before.Cursor);
    }

    private async Task<SyncCursor?> ApplyAsync(SyncRun run, SourceChange change, IProgress<SyncProgress>? progress, CancellationToken cancellationToken)
    {
        switch (change)
        {
            case SourceChange.Directory directory:
                run.Expected = directory.ExpectedDocuments;
                ReplaceDirectory(run.Source, directory);
                return null;
            case SourceChange.Seen seen:
                See(run, seen.Document);
                break;
            case SourceChange.Skipped skipped:
                run.Skip(skipped.Id, skipped.Reason);
                break;
            case SourceChange.Failed failed:
                run.Fail(failed.Id, failed.Reason);
                break;
            case SourceChange.Unchanged:
                run.IsUnchanged = true;
                run.Unchanged = run.Stored.Count;
                return null;
            case SourceChange.Completed completed:
                return completed.Cursor;
            default:
                throw new InvalidOperationException($"Unknown change {change.GetType().Name}.");
        }

        progress?.Report(run.Progress);
        if (run.PendingChunks >= options.Value.ChunksPerCommit || run.Kept.Count >= options.Value.ChunksPerCommit)
        {
            await writer.CommitAsync(run, progress, cancellationToken);
        }

        return null;
    }

    private void ReplaceDirectory(SourceName source, SourceChange.Directory directory)
    {
        try
        {
            access.ReplaceDirectory(source, directory.Layers, directory.People);
        }
        catch (ArgumentException exception)
        {
            throw new SourceException($"The readers of '{source}' cannot be taken over, so nothing was read: repair its export. {exception.Message}", exception);
        }
    }

    private void See(SyncRun run, Document document)
    {
        if (run.See(document) is { } reason)
        {
            run.Fail(document.Id, reason);
            return;
        }

        var header = DocumentHeader.Of(document);
        var proven = run.FindProven(document.Id);
        if (proven == header)
        {
            run.Unchanged++;
            return;
        }

        // Known before any chunk names it; unknown would deny, which is safe but wrong.
        access.AddSet(document.AccessSet, document.Layers);
        if (proven is not null && proven.ContentHash == header.ContentHash)
        {
            run.Keep(document, hasNewReaders: proven.AccessSet != header.AccessSet);
            return;
        }

        Split(run, document);
    }

    private void Split(SyncRun run, Document document)
    {
        try
        {
            var chunks = writer.Split(document);
            if (chunks.Count == 0)
            {
                run.Skip(document.Id, "It has no text.");
                return;
            }

            run.Embed(document, chunks);
        }
        catch (Exception exception) when (exception is not ModelException)
        {
            // The border of a document: the others go on. The message may quote the document.
            Log.NotSplit(logger, exception);
            run.Fail(document.Id, $"It could not be split into passages ({exception.GetType().Name}): please report it.");
        }
    }

    /// <summary>Removes what a complete listing did not name; a sentence instead when it has shrunk too much to be believed.</summary>
    private async Task<string?> DeleteAbsentAsync(SyncRun run, int lastCount, CancellationToken cancellationToken)
    {
        var absent = run.FindAbsent();
        var isSurprising = run.Present.Count < lastCount * options.Value.MinimumShare && (absent.Count > BelievedDeletions || run.Present.Count == 0);
        if (isSurprising && !run.Full)
        {
            return $"The listing of '{run.Source}' shrank from {lastCount} to {run.Present.Count} documents, so nothing was deleted: run 'sync --source {run.Source} --full' if that is right.";
        }

        await writer.DeleteAsync(run, absent, cancellationToken);
        return null;
    }

    private SyncState Conclude(SyncRun run, SyncState? before, SyncCursor? completed, string? error)
    {
        if (run.IsUnchanged && completed is not null && before is not null)
        {
            // What kept documents out keeps them out still.
            return before with { Cursor = completed.Value.Value, LastRun = run.Started, LastCompleted = run.Started };
        }

        // After a run that broke off in the middle the old cursor is no longer where the index stands.
        var cursor = completed?.Value ?? (run.Added + run.Updated > 0 ? null : before?.Cursor);
        var isListed = completed is not null;
        return new SyncState(
            run.Source,
            cursor,
            isListed && error is null ? run.Present.Count : before?.CompleteCount ?? 0,
            run.Expected,
            writer.Count(run.Source),
            run.Started,
            isListed ? run.Started : before?.LastListed,
            isListed ? run.Started : before?.LastCompleted,
            run.Skipped,
            run.Failed,
            error);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Source {Source} cannot be read: {Reason}")]
        public static partial void SourceFailed(ILogger logger, string source, string reason);

        [LoggerMessage(Level = LogLevel.Trace, Message = "A document could not be split into passages.")]
        public static partial void NotSplit(ILogger logger, Exception exception);

        [LoggerMessage(Level = LogLevel.Debug, Message = "Source {Source} synced: {Added} added, {Updated} updated, {Deleted} deleted, {Failed} failed.")]
        public static partial void Finished(ILogger logger, string source, int added, int updated, int deleted, int failed);
    }
}
