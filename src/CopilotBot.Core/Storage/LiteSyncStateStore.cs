using CopilotBot.Knowledge;
using CopilotBot.Sync;

namespace CopilotBot.Storage;

internal sealed class LiteSyncStateStore : ISyncStateStore
{
    private const string States = "sync";

    private const string Pending = "pending";

    private readonly CopilotDatabase _database;

    public LiteSyncStateStore(CopilotDatabase database)
    {
        _database = database;
        _database.Prepare(States, Pending);
    }

    public SyncState? Find(SourceName source) =>
        _database.Read(lite => lite.GetCollection(States).FindById(source.Value) is { } row ? StoredRow.Parse(row, StorageJson.Default.SyncState) : null);

    public void Save(SyncState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        _database.Write(lite =>
        {
            lite.GetCollection(States).Upsert(StoredRow.Of(state.Source.Value, state, StorageJson.Default.SyncState));
            lite.GetCollection(Pending).Delete(state.Source.Value);
        });
    }

    public IReadOnlyList<DocumentId> GetPending(SourceName source) =>
        _database.Read(lite => lite.GetCollection(Pending).FindById(source.Value) is { } row ? StoredRow.Parse(row, StorageJson.Default.IReadOnlyListDocumentId) : []);

    public void SavePending(SourceName source, IReadOnlyList<DocumentId> documents) =>
        _database.Write(lite => lite.GetCollection(Pending).Upsert(StoredRow.Of(source.Value, documents, StorageJson.Default.IReadOnlyListDocumentId)));

    public void Forget(SourceName source) => _database.Write(lite =>
    {
        lite.GetCollection(States).Delete(source.Value);
        lite.GetCollection(Pending).Delete(source.Value);
    });
}
