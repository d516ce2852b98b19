using CopilotBot.Knowledge;
using CopilotBot.Sync;

namespace CopilotBot.Storage;

internal sealed class LiteSyncStateStore(CopilotDatabase database) : ISyncStateStore
{
    private const string States = "sync";

    private const string Pending = "pending";

    public SyncState? Find(SourceName source) =>
        database.Read(lite => lite.GetCollection(States).FindById(source.Value) is { } row ? StoredRow.Parse(row, StorageJson.Default.SyncState) : null);

    public void Save(SyncState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        database.Write(lite =>
        {
            lite.GetCollection(States).Upsert(StoredRow.Of(state.Source.Value, state, StorageJson.Default.SyncState));
            lite.GetCollection(Pending).Delete(state.Source.Value);
        });
    }

    public IReadOnlyList<DocumentId> GetPending(SourceName source) =>
        database.Read(lite => lite.GetCollection(Pending).FindById(source.Value) is { } row ? StoredRow.Parse(row, StorageJson.Default.IReadOnlyListDocumentId) : []);

    public void SavePending(SourceName source, IReadOnlyList<DocumentId> documents) =>
        database.Write(lite => lite.GetCollection(Pending).Upsert(StoredRow.Of(source.Value, documents, StorageJson.Default.IReadOnlyListDocumentId)));

    public void Forget(SourceName source) => database.Write(lite =>
    {
        lite.GetCollection(States).Delete(source.Value);
        lite.GetCollection(Pending).Delete(source.Value);
    });
}
