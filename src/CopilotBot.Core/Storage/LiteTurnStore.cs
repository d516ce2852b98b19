using CopilotBot.Conversations;
using LiteDB;
using JsonSerializer = System.Text.Json.JsonSerializer;

namespace CopilotBot.Storage;

internal sealed class LiteTurnStore(CopilotDatabase database) : ITurnStore
{
    private readonly ILiteCollection<BsonDocument> _turns = database.Lite.GetCollection("turns");

    public void Save(TurnRecord turn)
    {
        ArgumentNullException.ThrowIfNull(turn);
        _turns.Upsert(new BsonDocument { ["_id"] = turn.Id.Value, ["json"] = JsonSerializer.Serialize(turn, StorageJson.Default.TurnRecord) });
    }

    public TurnRecord? Find(TurnId id) => _turns.FindById(id.Value) is { } row ? Parse(row) : null;

    // Turn ids are version 7 UUIDs: their order is the order of time.
    public IReadOnlyList<TurnRecord> GetRecent(int count) => [.. _turns.Find(Query.All(Query.Descending), limit: count).Select(Parse)];

    private static TurnRecord Parse(BsonDocument row) =>
        JsonSerializer.Deserialize(row["json"].AsString, StorageJson.Default.TurnRecord)
        ?? throw new InvalidDataException($"The stored turn {row["_id"].AsString} is empty.");
}
