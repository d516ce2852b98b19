using CopilotBot.Knowledge;
using LiteDB;
using JsonSerializer = System.Text.Json.JsonSerializer;

namespace CopilotBot.Storage;

/// <summary>Documents in two collections, so that reading headers never touches texts.</summary>
internal sealed class LiteDocumentStore : IDocumentStore
{
    private readonly CopilotDatabase _database;

    private readonly ILiteCollection<BsonDocument> _headers;

    private readonly ILiteCollection<BsonDocument> _bodies;

    public LiteDocumentStore(CopilotDatabase database)
    {
        _database = database;
        _headers = database.Lite.GetCollection("documents");
        _bodies = database.Lite.GetCollection("bodies");
        _headers.EnsureIndex("source");
    }

    public Document? Find(DocumentId id)
    {
        var header = _headers.FindById(id.Value);
        var body = header is null ? null : _bodies.FindById(id.Value);
        if (header is null || body is null)
        {
            return null;
        }

        var parsed = Header(header);
        return new Document
        {
            Id = parsed.Id,
            Kind = parsed.Kind,
            Title = parsed.Title,
            Key = parsed.Key,
            Url = parsed.Url,
            Updated = parsed.Updated,
            Version = parsed.Version,
            Body = JsonSerializer.Deserialize(body["json"].AsString, StorageJson.Default.StructuredText) ?? new StructuredText("", [], []),
            Layers = JsonSerializer.Deserialize(header["layers"].AsString, StorageJson.Default.IReadOnlyListLayerId) ?? [],
            Labels = JsonSerializer.Deserialize(header["labels"].AsString, StorageJson.Default.IReadOnlyListString) ?? [],
        };
    }

    public IReadOnlyDictionary<DocumentId, DocumentHeader> GetHeaders(IReadOnlyCollection<DocumentId> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return ids.Select(id => _headers.FindById(id.Value)).OfType<BsonDocument>().Select(Header).ToDictionary(header => header.Id);
    }

    public IReadOnlyList<DocumentHeader> GetHeaders(SourceName source) => [.. _headers.Find(Query.EQ("source", source.Value)).Select(Header)];

    public void Save(IReadOnlyList<Document> documents)
    {
        ArgumentNullException.ThrowIfNull(documents);
        _database.InTransaction(() =>
        {
            foreach (var document in documents)
            {
                var header = new DocumentHeader(
                    document.Id, document.Kind, document.Title, document.Key, document.Url, document.Updated, document.Version, document.AccessSet, DocumentHash.Of(document));
                _headers.Upsert(new BsonDocument
                {
                    ["_id"] = document.Id.Value,
                    ["source"] = document.Id.Source.Value,
                    ["json"] = JsonSerializer.Serialize(header, StorageJson.Default.DocumentHeader),
                    ["layers"] = JsonSerializer.Serialize(document.Layers, StorageJson.Default.IReadOnlyListLayerId),
                    ["labels"] = JsonSerializer.Serialize(document.Labels, StorageJson.Default.IReadOnlyListString),
                });
                _bodies.Upsert(new BsonDocument { ["_id"] = document.Id.Value, ["json"] = JsonSerializer.Serialize(document.Body, StorageJson.Default.StructuredText) });
            }
        });
    }

    public void Remove(IReadOnlyList<DocumentId> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        _database.InTransaction(() =>
        {
            foreach (var id in ids)
            {
                _headers.Delete(id.Value);
                _bodies.Delete(id.Value);
            }
        });
    }

    private static DocumentHeader Header(BsonDocument row) =>
        JsonSerializer.Deserialize(row["json"].AsString, StorageJson.Default.DocumentHeader)
        ?? throw new InvalidDataException($"The stored header of {row["_id"].AsString} is empty.");
}
