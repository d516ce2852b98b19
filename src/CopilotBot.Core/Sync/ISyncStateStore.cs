using CopilotBot.Knowledge;

namespace CopilotBot.Sync;

/// <summary>The sync ledger: where each source stands.</summary>
public interface ISyncStateStore
{
    SyncState? Find(SourceName source);

    /// <summary>Ends a run: nothing is pending after it.</summary>
    void Save(SyncState state);

    /// <summary>
    /// Documents that a run was about to write to the index when it last said so. After a crash the index may hold them in another version
    /// than the document store, so what is stored of them proves nothing.
    /// </summary>
    IReadOnlyList<DocumentId> GetPending(SourceName source);

    /// <summary>Replaces the pending documents of the source; called before each write to the index.</summary>
    void SavePending(SourceName source, IReadOnlyList<DocumentId> documents);

    /// <summary>Forgets where the source stood.</summary>
    void Forget(SourceName source);
}
