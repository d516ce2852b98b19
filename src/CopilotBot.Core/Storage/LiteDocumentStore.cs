using CopilotBot.Knowledge;
using LiteDB;

namespace CopilotBot.Storage;

/// <summary>Documents in two collections, so that reading headers never touches texts. A document is read from one row: it is never half old, half new.</summary>
internal sealed class LiteDocumentStore : IDocumentStore
{
    private const string Headers = "headers";

    private const string Documents = "documents";

    private readonly CopilotDatabase _database;

    public LiteDocumentStore(CopilotDatabase database)
    {
        _database = database;
        _database.Prepare(Documents);
        _database.Write(lite => lite.GetCollection(Headers).EnsureIndex("source"));
    }

    public Document? Find(DocumentId id) => _database.Read(lite =>
        lite.GetCollection(Documents).FindById(StoredRow.Key(id.Value)) is { } row ? Unpack(row) : null);

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

    public void Save(IReadOnlyList<Document> documents)
    {
        ArgumentNullException.ThrowIfNull(documents);

        // Packed before the transaction: nobody waits for it.
        var rows = documents.Select(document => (Header: HeaderRow(document), Document: DocumentRow(document))).ToList();
        _database.Write(lite =>
        {
            lite.GetCollection(Headers).Upsert(rows.Select(row => row.Header));
            lite.GetCollection(Documents).Upsert(rows.Select(row => row.Document));
        });
    }

    public void ChangeLayers(IReadOnlyDictionary<DocumentId, IReadOnlyList<LayerId>> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        _database.Write(lite =>
        {
            var (headers, documents) = (lite.GetCollection(Headers), lite.GetCollection(Documents));
            foreach (var (id, changed) in layers)
            {
                if (headers.FindById(StoredRow.Key(id.Value)) is { } header && documents.FindById(StoredRow.Key(id.Value)) is { } document)
                {
                    header["json"] = StoredRow.Of(id.Value, Parse(header) with { AccessSet = AccessSetId.Of(changed) }, StorageJson.Default.DocumentHeader)["json"];
                    document["layers"] = new BsonArray(changed.Select(layer => new BsonValue(layer.Value)));
                    headers.Update(header);
                    documents.Update(document);
                }
            }
        });
    }

    public void Remove(IReadOnlyList<DocumentId> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        _database.Write(lite =>
        {
            foreach (var id in ids)
            {
                lite.GetCollection(Headers).Delete(StoredRow.Key(id.Value));
                lite.GetCollection(Documents).Delete(StoredRow.Key(id.Value));
            }
        });
    }

    /// <summary>Layers that changed since the document was packed stand beside it.</summary>
    private static Document Unpack(BsonDocument row)
    {
        var document = StoredRow.Unpack(row["packed"].AsBinary, StorageJson.Default.Document);
        return row["layers"] is { IsArray: true } changed ? document with { Layers = [.. changed.AsArray.Select(layer => new LayerId(layer.AsString))] } : document;
    }

    private static BsonDocument HeaderRow(Document document)
    {
        var row = StoredRow.Of(document.Id.Value, DocumentHeader.Of(document), StorageJson.Default.DocumentHeader);
        row["source"] = document.Id.Source.Value;
        return row;
    }

    private static BsonDocument DocumentRow(Document document) =>
        new() { ["_id"] = StoredRow.Key(document.Id.Value), ["packed"] = StoredRow.Pack(document, StorageJson.Default.Document) };

    private static DocumentHeader Parse(BsonDocument row) => StoredRow.Parse(row, StorageJson.Default.DocumentHeader);
}
