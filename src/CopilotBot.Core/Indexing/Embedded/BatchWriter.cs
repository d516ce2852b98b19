using System.Text.Json;
using CopilotBot.Knowledge;
using Lucene.Net.Index;

namespace CopilotBot.Indexing.Embedded;

/// <summary>
/// Writes one batch into the Lucene writer and behind the passage files; nothing counts before the caller commits both. Of a document that
/// stands in several lists of the batch, the upsert counts, else the deletion.
/// </summary>
internal sealed class BatchWriter(IndexWriter writer, PassageAppender appender, IndexSnapshot snapshot, string folder)
{
    private readonly Dictionary<int, int> _liveRows = new(snapshot.Chunks.LiveRows);
    private readonly HashSet<DocumentId> _replaced = [];
    private int _sentenceDimensions = snapshot.Manifest.SentenceDimensions;
    private int _tokenDimensions = snapshot.Manifest.TokenDimensions;

    /// <returns>The manifest of the next commit; its passages are durable.</returns>
    public IndexManifest Write(IndexBatch batch, CancellationToken cancellationToken)
    {
        var upserts = new Dictionary<DocumentId, IndexedDocument>();
        foreach (var document in batch.Upserts)
        {
            upserts[document.Id] = document;
        }

        foreach (var id in batch.Deletions.Concat(upserts.Keys))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Remove(id);
        }

        var sparse = SparseFiles();
        foreach (var file in sparse)
        {
            appender.Drop(file);
        }

        Rewrite(batch.AccessChanges, sparse, cancellationToken);
        foreach (var document in upserts.Values)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Add(document);
        }

        var (files, nextFile) = appender.Flush();
        return new IndexManifest(snapshot.Manifest.Generation + 1, _sentenceDimensions, _tokenDimensions, nextFile, files);
    }

    private void Remove(DocumentId id)
    {
        if (_replaced.Add(id))
        {
            writer.DeleteDocuments(ChunkFields.TermOf(id));
            foreach (var chunk in ChunksOf(id))
            {
                _liveRows[snapshot.Chunks.Address(chunk).File]--;
            }
        }
    }

    /// <summary>Files that are dead for more than a half.</summary>
    private HashSet<int> SparseFiles() =>
        [.. snapshot.Manifest.Files.Where(file => _liveRows.GetValueOrDefault(file.Number) * 2 < file.Rows).Select(file => file.Number)];

    /// <summary>Writes documents anew whose readers changed, from what is stored; and those that live in a sparse file, out of it.</summary>
    private void Rewrite(IReadOnlyDictionary<DocumentId, AccessSetId> accessChanges, HashSet<int> sparse, CancellationToken cancellationToken)
    {
        var ids = accessChanges.Where(change => IsChange(change.Key, change.Value)).Select(change => change.Key).ToHashSet();
        if (sparse.Count > 0)
        {
            ids.UnionWith(snapshot.Chunks.Ordered.Where(chunk => sparse.Contains(snapshot.Chunks.Address(chunk).File)).Select(snapshot.Chunks.Document));
        }

        foreach (var id in ids.Except(_replaced))
        {
            cancellationToken.ThrowIfCancellationRequested();
            writer.DeleteDocuments(ChunkFields.TermOf(id));
            foreach (var chunk in ChunksOf(id))
            {
                var address = snapshot.Chunks.Address(chunk);
                var record = snapshot.Read(chunk);
                var accessSet = accessChanges.TryGetValue(id, out var changed) ? changed : AccessSetOf(chunk);
                writer.AddDocument(ChunkFields.Create(record.ReadChunk(), accessSet, record.TokenIds, sparse.Contains(address.File) ? appender.Copy(record) : address));
            }
        }
    }

    private bool IsChange(DocumentId id, AccessSetId accessSet) => ChunksOf(id).Any(chunk => AccessSetOf(chunk) != accessSet);

    private AccessSetId AccessSetOf(int chunk) => snapshot.Chunks.AccessSetIds[snapshot.Chunks.AccessSet(chunk)];

    private void Add(IndexedDocument document)
    {
        foreach (var (chunk, encoding) in document.Chunks)
        {
            if (chunk.DocumentId != document.Id)
            {
                throw new ArgumentException($"Chunk {chunk.Id} of document {chunk.DocumentId} was handed in as a chunk of {document.Id}.", nameof(document));
            }

            CheckDimensions(encoding);
            var json = JsonSerializer.SerializeToUtf8Bytes(chunk, ChunkJson.Default.Chunk);
            var address = appender.Append(Int8Vectors.Quantise(encoding.SentenceVector), encoding.TokenIds, Int8Vectors.Quantise(encoding.TokenVectors), json);
            writer.AddDocument(ChunkFields.Create(chunk, document.AccessSet, encoding.TokenIds, address));
        }
    }

    /// <summary>The first chunk of an index decides the dimensions of all.</summary>
    private void CheckDimensions(TextEncoding encoding)
    {
        if (encoding.TokenVectors.Length != encoding.TokenIds.Length * encoding.TokenDimensions)
        {
            throw new ArgumentException($"{encoding.TokenIds.Length} tokens of {encoding.TokenDimensions} dimensions came with {encoding.TokenVectors.Length} values.", nameof(encoding));
        }

        if (_sentenceDimensions == 0)
        {
            (_sentenceDimensions, _tokenDimensions) = (encoding.SentenceVector.Length, encoding.TokenDimensions);
        }

        if (encoding.SentenceVector.Length != _sentenceDimensions || encoding.TokenDimensions != _tokenDimensions)
        {
            throw IndexFaults.OtherEncoder(folder);
        }
    }

    private List<int> ChunksOf(DocumentId id)
    {
        var chunks = new List<int>();
        foreach (var leaf in snapshot.Reader.Leaves)
        {
            var postings = leaf.AtomicReader.GetTermDocsEnum(ChunkFields.TermOf(id));
            while (postings is not null && postings.NextDoc() != Lucene.Net.Search.DocIdSetIterator.NO_MORE_DOCS)
            {
                chunks.Add(leaf.DocBase + postings.DocID);
            }
        }

        return chunks;
    }
}
