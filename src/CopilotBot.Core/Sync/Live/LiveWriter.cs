using CopilotBot.Indexing;
using CopilotBot.Inference;
using CopilotBot.Knowledge;
using CopilotBot.Sources;
using Microsoft.Extensions.Logging;

namespace CopilotBot.Sync.Live;

/// <summary>
/// Brings readings into index and stores. What did not change is not embedded again, and a change of readers alone touches no vector. Access commits before
/// content; an item stays due until all of it is written, so that what a crash cuts off is done again.
/// </summary>
public sealed partial class LiveWriter(
    IKnowledgeIndex index, IDocumentStore documents, IAccessStore access, ISyncStateStore pending, HeadingChunker chunker, EncodeTexts encode, ILogger<LiveWriter> logger)
{
    private const int TextsPerEncoding = 32;

    private const string NoText = "It has no text.";

    /// <summary>Documents of the source as index and store agree on them; what only one of them knows is removed.</summary>
    internal async Task<(IReadOnlyList<DocumentHeader> Proven, IReadOnlySet<DocumentId> Suspect)> OpenAsync(SourceName source, CancellationToken cancellationToken)
    {
        var stored = documents.GetHeaders(source);
        var indexed = index.GetDocuments(source);
        var orphans = indexed.Except(stored.Select(header => header.Id)).ToList();
        if (orphans.Count > 0)
        {
            await index.ApplyAsync(new IndexBatch { Deletions = orphans }, cancellationToken);
        }

        var lost = stored.Where(header => !indexed.Contains(header.Id)).Select(header => header.Id).ToList();
        documents.Remove(lost);
        return ([.. stored.Where(header => indexed.Contains(header.Id))], pending.GetPending(source).ToHashSet());
    }

    /// <summary>Compares a reading with what is indexed and splits what is new: everything that can be done beside the writing of others.</summary>
    /// <param name="known">Indexed documents of the item.</param>
    /// <param name="isSuspect">What is indexed of it proves nothing.</param>
    internal ItemWrite Plan(ItemReading.Found reading, IReadOnlyList<DocumentHeader> known, bool isSuspect)
    {
        var write = new ItemWrite(reading);
        var old = known.ToDictionary(header => header.Id);
        foreach (var document in reading.Documents)
        {
            var header = DocumentHeader.Of(document);
            var proven = isSuspect ? null : old.GetValueOrDefault(document.Id);
            if (proven == header)
            {
                write.Unchanged.Add(document);
            }
            else if (proven is not null && proven.ContentHash == header.ContentHash)
            {
                write.Kept.Add(document);
            }
            else
            {
                Split(write, document);
            }
        }

        var named = reading.Documents.Select(document => document.Id).Concat(reading.FailedParts.Select(part => part.Part)).Except(write.Problems.Where(problem => problem.Reason == NoText).Select(problem => problem.Part)).ToHashSet();
        write.Removed.AddRange(old.Keys.Where(id => !named.Contains(id)));
        return write;
    }

    internal async Task EncodeAsync(IReadOnlyList<ItemWrite> writes, CancellationToken cancellationToken)
    {
        var chunks = writes.SelectMany(write => write.Split).SelectMany(item => item.Chunks).ToList();
        var encodings = new TextEncoding[chunks.Count];

        // Texts of one length together: the encoder pads a batch to its longest.
        foreach (var part in Enumerable.Range(0, chunks.Count).OrderBy(i => chunks[i].EncoderInput.Length).Chunk(TextsPerEncoding))
        {
            var encoded = await encode([.. part.Select(i => chunks[i].EncoderInput)], cancellationToken);
            for (var i = 0; i < part.Length; i++)
            {
                encodings[part[i]] = encoded[i];
            }
        }

        var next = 0;
        foreach (var write in writes)
        {
            write.Encoded.AddRange(write.Split.Select(item =>
                new IndexedDocument(item.Document.Id, item.Document.AccessSet, [.. item.Chunks.Select(chunk => new EncodedChunk(chunk, encodings[next++]))])));
        }
    }

    /// <summary>Writes all of it: readers, content and what is gone become visible together. One caller per source at a time.</summary>
    /// <param name="layersOf">The layers that a document has by the newest reading of access.</param>
    internal async Task ApplyAsync(ItemTable table, IReadOnlyList<ItemWrite> writes, Func<ItemWrite, Document, IReadOnlyList<LayerId>> layersOf, CancellationToken cancellationToken)
    {
        var saved = writes.SelectMany(write => Current(write, layersOf)).ToDictionary(document => document.Id);
        foreach (var document in saved.Values)
        {
            access.AddSet(document.AccessSet, document.Layers);
        }

        var upserts = writes.SelectMany(write => write.Encoded).Select(document => document with { AccessSet = saved[document.Id].AccessSet }).ToList();
        var embedded = upserts.Select(document => document.Id).ToHashSet();
        var removed = writes.SelectMany(write => write.Removed).ToList();
        if (saved.Count + removed.Count > 0)
        {
            pending.SavePending(table.Source, [.. saved.Keys, .. removed]);
            documents.Remove(removed);
            var batch = new IndexBatch
            {
                Upserts = upserts,
                Deletions = removed,
                AccessChanges = saved.Values.Where(document => !embedded.Contains(document.Id)).ToDictionary(document => document.Id, document => document.AccessSet),
            };
            await index.ApplyAsync(batch, cancellationToken);
            documents.Save([.. saved.Values]);
            pending.SavePending(table.Source, []);
        }

        foreach (var write in writes)
        {
            table.SaveDocuments(write.Reading.Item, [.. write.Reading.Documents.Where(document => saved.ContainsKey(document.Id)).Select(document => DocumentHeader.Of(saved[document.Id]))], write.Removed);
        }
    }

    /// <summary>What is to be stored of a reading, with the layers of now.</summary>
    private static IEnumerable<Document> Current(ItemWrite write, Func<ItemWrite, Document, IReadOnlyList<LayerId>> layersOf)
    {
        foreach (var document in write.Kept.Concat(write.Split.Select(item => item.Document)))
        {
            yield return document with { Layers = layersOf(write, document) };
        }

        foreach (var document in write.Unchanged)
        {
            var changed = document with { Layers = layersOf(write, document) };
            if (changed.AccessSet != document.AccessSet)
            {
                yield return changed;
            }
        }
    }

    /// <summary>Gives documents other readers at once, without touching what is indexed of them.</summary>
    internal async Task ChangeLayersAsync(ItemTable table, IReadOnlyDictionary<DocumentId, IReadOnlyList<LayerId>> layers, CancellationToken cancellationToken)
    {
        if (layers.Count == 0)
        {
            return;
        }

        foreach (var changed in layers.Values)
        {
            access.AddSet(AccessSetId.Of(changed), changed);
        }

        // Store first: what is about to be cited is checked against it.
        documents.ChangeLayers(layers);
        await index.ApplyAsync(new IndexBatch { AccessChanges = layers.ToDictionary(pair => pair.Key, pair => AccessSetId.Of(pair.Value)) }, cancellationToken);
        foreach (var item in layers.GroupBy(pair => ItemTable.ItemOf(pair.Key)))
        {
            var sets = item.ToDictionary(pair => pair.Key, pair => AccessSetId.Of(pair.Value));
            table.SaveDocuments(item.Key, [.. table.FindDocuments(item.Key).Where(header => sets.ContainsKey(header.Id)).Select(header => header with { AccessSet = sets[header.Id] })], []);
        }
    }

    /// <summary>Deletes all documents of the items.</summary>
    internal async Task PurgeAsync(ItemTable table, IReadOnlyList<DocumentId> items, CancellationToken cancellationToken)
    {
        var gone = items.SelectMany(table.FindDocuments).Select(header => header.Id).ToList();
        documents.Remove(gone);
        await index.ApplyAsync(new IndexBatch { Deletions = gone }, cancellationToken);
        foreach (var item in items)
        {
            table.SaveDocuments(item, [], gone);
        }
    }

    private void Split(ItemWrite write, Document document)
    {
        try
        {
            var chunks = chunker.Split(document);
            if (chunks.Count == 0)
            {
                write.Problems.Add(new PartIssue(document.Id, NoText));
                return;
            }

            write.Split.Add((document, chunks));
        }
        catch (Exception exception) when (exception is not ModelException)
        {
            // The border of a document: the others go on. The message may quote the document.
            Log.NotSplit(logger, exception);
            write.Problems.Add(new PartIssue(document.Id, $"It could not be split into passages ({exception.GetType().Name}): please report it."));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Trace, "A document could not be split into passages.")]
        public static partial void NotSplit(ILogger logger, Exception exception);
    }
}
