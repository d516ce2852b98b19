using CopilotBot.Indexing;
using CopilotBot.Knowledge;
using CopilotBot.Sources;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CopilotBot.Sync;

/// <summary>
/// Brings index and state up to what a source holds now. What did not change is neither chunked nor embedded; a change of readers alone touches no vector.
/// The cursor is saved last, so that a run that was cut off is repeated, and repeating does no harm.
/// </summary>
public sealed partial class SyncPipeline(
    IKnowledgeIndex index, HeadingChunker chunker, EncodeTexts encode, IDocumentStore documents, IAccessStore access, ISyncStateStore states,
    IOptions<SyncOptions> options, ILogger<SyncPipeline> logger, TimeProvider time)
{
    /// <summary>Runs the source once. Faults of the source as a whole come back as <see cref="SyncReport.Error"/>.</summary>
    /// <param name="full">Reads and embeds everything again, and takes a shrunken listing at its word.</param>
    public async Task<SyncReport> RunAsync(ISource source, bool full, IProgress<SyncProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        var run = new SyncRun(source.Name, full, index.GetDocuments(source.Name), documents.GetHeaders(source.Name), time.GetUtcNow());
        var state = states.Find(source.Name);
        var start = time.GetTimestamp();
        SyncCursor? completed = null;
        string? error = null;
        try
        {
            // A state that the index does not match cannot be trusted to be unchanged.
            var since = full || !run.IsConsistent || state?.Cursor is null ? (SyncCursor?)null : new SyncCursor(state.Cursor);
            await foreach (var change in source.GetChangesAsync(since, cancellationToken))
            {
                completed = await ApplyAsync(run, change, progress, cancellationToken) ?? completed;
            }

            await CommitAsync(run, progress, cancellationToken);
            if (completed is not null)
            {
                error = await DeleteAbsentAsync(run, state?.CompleteCount ?? 0, cancellationToken);
            }
        }
        catch (SourceException exception)
        {
            Log.SourceFailed(logger, source.Name.Value, exception.Message);
            error = exception.Message;
            await CommitAsync(run, progress, cancellationToken);
        }

        Save(run, state, error is null ? completed : null, error);
        Log.Finished(logger, source.Name.Value, run.Added, run.Updated, run.Deleted, run.Failed.Count);
        return new SyncReport(
            source.Name, completed is not null, run.Added, run.Updated, run.Unchanged, run.Deleted, run.Skipped, run.Failed, run.ChunksEmbedded, time.GetElapsedTime(start), error);
    }

    private async Task<SyncCursor?> ApplyAsync(SyncRun run, SourceChange change, IProgress<SyncProgress>? progress, CancellationToken cancellationToken)
    {
        switch (change)
        {
            case SourceChange.Directory directory:
                run.Expected = directory.ExpectedDocuments;
                access.ReplaceDirectory(run.Source, directory.Layers, directory.People);
                break;
            case SourceChange.Seen seen:
                await SeeAsync(run, seen.Document, progress, cancellationToken);
                break;
            case SourceChange.Skipped skipped:
                run.Skipped.Add(new SyncIssue(skipped.Id, skipped.Reason));
                break;
            case SourceChange.Failed failed:
                run.Failed.Add(new SyncIssue(failed.Id, failed.Reason));
                run.Present.Add(failed.Id);
                Log.DocumentFailed(logger, failed.Id.Value);
                break;
            case SourceChange.Unchanged:
                run.IsUnchanged = true;
                run.Unchanged = run.Stored.Count;
                break;
            case SourceChange.Completed completed:
                return completed.Cursor;
            default:
                throw new InvalidOperationException($"Unknown change {change.GetType().Name}.");
        }

        progress?.Report(run.Progress);
        return null;
    }

    private async Task SeeAsync(SyncRun run, Document document, IProgress<SyncProgress>? progress, CancellationToken cancellationToken)
    {
        run.Present.Add(document.Id);
        var stored = run.Stored.GetValueOrDefault(document.Id);
        var isIndexed = !run.Full && run.Indexed.Contains(document.Id) && stored is not null && stored.ContentHash == DocumentHash.Of(document);
        if (isIndexed && stored!.AccessSet == document.AccessSet && IsSameHeader(stored, document)) // isIndexed: stored is there
        {
            run.Unchanged++;
            return;
        }

        // Known before any chunk names it; unknown would deny, which is safe but wrong.
        access.AddSet(document.AccessSet, document.Layers);
        if (isIndexed)
        {
            run.AccessChanges[document.Id] = document.AccessSet;
            run.Batch.Add(document);
            run.Updated++;
            return;
        }

        var chunks = chunker.Split(document);
        if (chunks.Count == 0)
        {
            run.Present.Remove(document.Id);
            run.Skipped.Add(new SyncIssue(document.Id, "It has no text."));
            return;
        }

        run.Batch.Add(document);
        run.Chunked.Add((document, chunks));
        run.PendingChunks += chunks.Count;
        _ = stored is null ? run.Added++ : run.Updated++;
        if (run.PendingChunks >= options.Value.ChunksPerCommit)
        {
            await CommitAsync(run, progress, cancellationToken);
        }
    }

    private static bool IsSameHeader(DocumentHeader stored, Document document) =>
        stored.Url == document.Url && stored.Updated == document.Updated && stored.Version == document.Version && stored.Kind == document.Kind;

    /// <summary>Embeds what is pending and makes it visible: index first, then state. A crash in between repeats the documents, which replaces them.</summary>
    private async Task CommitAsync(SyncRun run, IProgress<SyncProgress>? progress, CancellationToken cancellationToken)
    {
        if (run.Batch.Count == 0)
        {
            return;
        }

        var chunks = run.Chunked.SelectMany(item => item.Chunks).ToList();
        var encodings = new List<TextEncoding>(chunks.Count);
        foreach (var part in chunks.Chunk(32))
        {
            encodings.AddRange(await encode([.. part.Select(chunk => chunk.EncoderInput)], cancellationToken));
            run.ChunksEmbedded += part.Length;
            progress?.Report(run.Progress);
        }

        var next = 0;
        var upserts = run.Chunked
            .Select(item => new IndexedDocument(item.Document.Id, item.Document.AccessSet, [.. item.Chunks.Select(chunk => new EncodedChunk(chunk, encodings[next++]))]))
            .ToList();
        await index.ApplyAsync(new IndexBatch { Upserts = upserts, AccessChanges = run.AccessChanges }, cancellationToken);
        documents.Save(run.Batch);
        run.Clear();
    }

    /// <summary>Removes what a complete listing did not name; a sentence instead when it has shrunk too much to be believed.</summary>
    private async Task<string?> DeleteAbsentAsync(SyncRun run, int lastCount, CancellationToken cancellationToken)
    {
        if (run.IsUnchanged)
        {
            return null;
        }

        var absent = run.Stored.Keys.Union(run.Indexed).Where(id => !run.Present.Contains(id)).ToList();
        if (!run.Full && absent.Count > 5 && run.Present.Count < lastCount * options.Value.MinimumShare)
        {
            return $"The listing of '{run.Source}' shrank from {lastCount} to {run.Present.Count} documents, so nothing was deleted: run 'sync --source {run.Source} --full' if that is right.";
        }

        if (absent.Count > 0)
        {
            // State first: what it does not know is never cited.
            documents.Remove(absent);
            await index.ApplyAsync(new IndexBatch { Deletions = absent }, cancellationToken);
            run.Deleted = absent.Count;
        }

        return null;
    }

    private void Save(SyncRun run, SyncState? before, SyncCursor? completed, string? error)
    {
        var isComplete = completed is not null;
        states.Save(new SyncState(
            run.Source,
            completed?.Value ?? (error is null ? before?.Cursor : null),
            isComplete && !run.IsUnchanged ? run.Present.Count : before?.CompleteCount ?? 0,
            run.Started,
            isComplete ? run.Started : before?.LastCompleted,
            run.IsUnchanged ? before?.Skipped ?? [] : run.Skipped,
            run.IsUnchanged ? before?.Failed ?? [] : run.Failed,
            error));
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Source {Source} cannot be read: {Reason}")]
        public static partial void SourceFailed(ILogger logger, string source, string reason);

        [LoggerMessage(Level = LogLevel.Debug, Message = "Document {Document} could not be read; the sync report says why.")]
        public static partial void DocumentFailed(ILogger logger, string document);

        [LoggerMessage(Level = LogLevel.Debug, Message = "Source {Source} synced: {Added} added, {Updated} updated, {Deleted} deleted, {Failed} failed.")]
        public static partial void Finished(ILogger logger, string source, int added, int updated, int deleted, int failed);
    }
}
