using System.Collections.Immutable;
using CopilotBot.Knowledge;
using LiteDB;

namespace CopilotBot.Storage;

/// <summary>Documents in two collections, so that reading headers never touches texts. A document is read from one row: it is never half old, half new.</summary>
internal sealed class LiteDocumentStore : IDocumentStore
{
    private const string Headers = "headers";

    private const string Documents = "documents";

    private readonly CopilotDatabase _database;

    /// <summary>Pages and tickets of each access set; null until somebody asks.</summary>
    private volatile ImmutableDictionary<AccessSetId, int>? _counts;

    public LiteDocumentStore(CopilotDatabase database)
    {
        _database = database;
        _database.Write(lite => lite.GetCollection(Headers).EnsureIndex("source"));
    }

    public Document? Find(DocumentId id) => _database.Read(lite =>
        lite.GetCollection(Documents).FindById(StoredRow.Key(id.Value)) is { } row ? StoredRow.Unpack(row["packed"].AsBinary, StorageJson.Default.Document) : null);

    public IReadOnlyDictionary<DocumentId, DocumentHeader> GetHeaders(IReadOnlyCollection<DocumentId> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return _database.Read(lite =>
        {
            var headers = lite.GetCollection(Headers);
            return ids.Distinct().Select(id => headers.FindById(StoredRow.Key(id.Value))).OfType<BsonDocument>().Select(Parse).ToDictionary(header => header.Id);
        });
    }

    public IReadOnlyList<DocumentHeader> GetHeaders(SourceName source) =>
        _database.Read(lite => lite.GetCollection(Headers).Find(Query.EQ("source", source.Value)).Select(Parse).ToList());

    public int Count(AllowedSets allowed)
    {
        ArgumentNullException.ThrowIfNull(allowed);
        if (_counts is not { } counts)
        {
            // As a write, so that no other one can slip in between reading and keeping.
            counts = ImmutableDictionary<AccessSetId, int>.Empty;
            _database.Write(lite => counts = Change(counts, lite.GetCollection(Headers).FindAll().Select(Parse), 1), () => _counts = counts);
        }

        return allowed.Ids.Sum(counts.GetValueOrDefault);
    }

    public void Save(IReadOnlyList<Document> documents)
    {
        ArgumentNullException.ThrowIfNull(documents);

        // Packed before the transaction: nobody waits for it.
        var headers = documents.Select(DocumentHeader.Of).ToList();
        var rows = documents.Select((document, i) => (Header: HeaderRow(headers[i]), Document: DocumentRow(document))).ToList();
        var counts = _counts;
        _database.Write(
            lite =>
            {
                counts = Without(lite, [.. documents.Select(document => document.Id)]);
                lite.GetCollection(Headers).Upsert(rows.Select(row => row.Header));
                lite.GetCollection(Documents).Upsert(rows.Select(row => row.Document));
            },
            () => _counts = counts is null ? null : Change(counts, headers.GroupBy(header => header.Id).Select(same => same.Last()), 1));
    }

    public void Remove(IReadOnlyList<DocumentId> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var counts = _counts;
        _database.Write(
            lite =>
            {
                counts = Without(lite, ids);
                foreach (var id in ids)
                {
                    lite.GetCollection(Headers).Delete(StoredRow.Key(id.Value));
                    lite.GetCollection(Documents).Delete(StoredRow.Key(id.Value));
                }
            },
            () => _counts = counts);
    }

    /// <summary>The counts less what the documents stand for now; null where nobody has asked yet.</summary>
    private ImmutableDictionary<AccessSetId, int>? Without(ILiteDatabase lite, IReadOnlyList<DocumentId> ids)
    {
        var headers = lite.GetCollection(Headers);
        return _counts is { } counts ? Change(counts, ids.Distinct().Select(id => headers.FindById(StoredRow.Key(id.Value))).OfType<BsonDocument>().Select(Parse), -1) : null;
    }

    private static ImmutableDictionary<AccessSetId, int> Change(ImmutableDictionary<AccessSetId, int> counts, IEnumerable<DocumentHeader> headers, int step)
    {
        var changed = counts.ToBuilder();
        foreach (var header in headers.Where(header => header.Kind != DocumentKind.Comment))
        {
            changed[header.AccessSet] = changed.GetValueOrDefault(header.AccessSet) + step;
        }

        return changed.ToImmutable();
    }

    private static BsonDocument HeaderRow(DocumentHeader header)
    {
        var row = StoredRow.Of(header.Id.Value, header, StorageJson.Default.DocumentHeader);
        row["source"] = header.Id.Source.Value;
        return row;
    }

    private static BsonDocument DocumentRow(Document document) =>
        new() { ["_id"] = StoredRow.Key(document.Id.Value), ["packed"] = StoredRow.Pack(document, StorageJson.Default.Document) };

    private static DocumentHeader Parse(BsonDocument row) => StoredRow.Parse(row, StorageJson.Default.DocumentHeader);
}
