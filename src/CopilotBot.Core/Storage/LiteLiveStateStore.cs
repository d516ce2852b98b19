using CopilotBot.Knowledge;
using CopilotBot.Sync.Live;
using LiteDB;

namespace CopilotBot.Storage;

internal sealed class LiteLiveStateStore : ILiveStateStore
{
    private const string States = "liveStates";

    private const string Items = "liveItems";

    private readonly CopilotDatabase _database;

    public LiteLiveStateStore(CopilotDatabase database)
    {
        _database = database;
        _database.Prepare(States);
        _database.Write(lite => lite.GetCollection(Items).EnsureIndex("source"));
    }

    public LiveState? Find(SourceName source) =>
        _database.Read(lite => lite.GetCollection(States).FindById(source.Value) is { } row ? StoredRow.Parse(row, StorageJson.Default.LiveState) : null);

    public void Save(LiveState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        _database.Write(lite => lite.GetCollection(States).Upsert(StoredRow.Of(state.Source.Value, state, StorageJson.Default.LiveState)));
    }

    public IReadOnlyList<ItemRecord> GetItems(SourceName source) =>
        _database.Read(lite => lite.GetCollection(Items).Find(Query.EQ("source", source.Value)).Select(row => StoredRow.Parse(row, StorageJson.Default.ItemRecord)).ToList());

    public void SaveItems(IReadOnlyList<ItemRecord> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        var rows = items.Select(RowOf).ToList();
        _database.Write(lite => lite.GetCollection(Items).Upsert(rows));
    }

    public void RemoveItems(IReadOnlyList<DocumentId> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        _database.Write(lite =>
        {
            foreach (var id in items)
            {
                lite.GetCollection(Items).Delete(StoredRow.Key(id.Value));
            }
        });
    }

    public void Forget(SourceName source) => _database.Write(lite =>
    {
        lite.GetCollection(States).Delete(source.Value);
        lite.GetCollection(Items).DeleteMany(Query.EQ("source", source.Value));
    });

    private static BsonDocument RowOf(ItemRecord item)
    {
        var row = StoredRow.Of(item.Id.Value, item, StorageJson.Default.ItemRecord);
        row["source"] = item.Id.Source.Value;
        return row;
    }
}
