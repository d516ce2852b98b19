namespace CopilotBot.Sync.Live;

/// <summary>What is known of an item.</summary>
public enum ItemState
{
    /// <summary>Named by the source and not read yet, or never successfully.</summary>
    Waiting,

    Indexed,

    /// <summary>Read, and not indexed by policy.</summary>
    Skipped,

    /// <summary>A tombstone: nobody finds it any more. What is indexed of it goes after a grace, in case the source only seemed to have lost it.</summary>
    Hidden,
}
