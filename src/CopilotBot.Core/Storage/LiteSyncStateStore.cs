using CopilotBot.Knowledge;
using CopilotBot.Sync;
using LiteDB;
using JsonSerializer = System.Text.Json.JsonSerializer;

namespace CopilotBot.Storage;

internal sealed class LiteSyncStateStore(CopilotDatabase database) : ISyncStateStore, ISourceRegistry
{
    private readonly ILiteCollection<BsonDocument> _states = database.Lite.GetCollection("sync");

    private readonly ILiteCollection<BsonDocument> _sources = database.Lite.GetCollection("sources");

    public SyncState? Find(SourceName source) =>
        _states.FindById(source.Value) is { } row ? JsonSerializer.Deserialize(row["json"].AsString, StorageJson.Default.SyncState) : null;

    public void Save(SyncState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        _states.Upsert(new BsonDocument { ["_id"] = state.Source.Value, ["json"] = JsonSerializer.Serialize(state, StorageJson.Default.SyncState) });
    }

    public void Forget(SourceName source) => _states.Delete(source.Value);

    public void Remove(SourceName source) => _sources.Delete(source.Value);

    public IReadOnlyList<SourceRegistration> List() =>
    [
        .. _sources.FindAll().Select(row => JsonSerializer.Deserialize(row["json"].AsString, StorageJson.Default.SourceRegistration)).OfType<SourceRegistration>(),
    ];

    public void Add(SourceRegistration registration)
    {
        ArgumentNullException.ThrowIfNull(registration);
        lock (database.WriteLock)
        {
            if (_sources.FindById(registration.Name.Value) is not null)
            {
                throw new InvalidOperationException($"There is a source '{registration.Name}' already: choose another name, or remove that one first.");
            }

            _sources.Insert(new BsonDocument
            {
                ["_id"] = registration.Name.Value,
                ["json"] = JsonSerializer.Serialize(registration, StorageJson.Default.SourceRegistration),
            });
        }
    }
}
