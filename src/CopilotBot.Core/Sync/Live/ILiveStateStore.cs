using CopilotBot.Knowledge;

namespace CopilotBot.Sync.Live;

/// <summary>The ledger of live sources. Writes are durable when the call returns.</summary>
public interface ILiveStateStore
{
    LiveState? Find(SourceName source);

    void Save(LiveState state);

    IReadOnlyList<ItemRecord> GetItems(SourceName source);

    void SaveItems(IReadOnlyList<ItemRecord> items);

    void RemoveItems(IReadOnlyList<DocumentId> items);

    void Forget(SourceName source);
}
