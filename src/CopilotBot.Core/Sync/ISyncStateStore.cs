using CopilotBot.Knowledge;

namespace CopilotBot.Sync;

/// <summary>The sync ledger: where each source stands.</summary>
public interface ISyncStateStore
{
    SyncState? Find(SourceName source);

    void Save(SyncState state);

    /// <summary>Forgets where the source stood.</summary>
    void Forget(SourceName source);
}
