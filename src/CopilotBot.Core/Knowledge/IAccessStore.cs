namespace CopilotBot.Knowledge;

/// <summary>Layers, sets and people, read at query time. Writes are durable when the call returns.</summary>
public interface IAccessStore
{
    /// <summary>Rises with every change that can alter what somebody may read; a cache of allowed sets is valid for one generation.</summary>
    long Generation { get; }

    IReadOnlyList<AccessLayer> GetLayers();

    /// <summary>Layer ids by set. A set whose layer is unknown is readable by nobody.</summary>
    IReadOnlyDictionary<AccessSetId, IReadOnlyList<LayerId>> GetSets();

    IReadOnlyList<Person> GetPeople();

    /// <summary>Replaces everything that is known of the source's layers and people.</summary>
    void ReplaceDirectory(SourceName source, IReadOnlyList<AccessLayer> layers, IReadOnlyList<Person> people);

    /// <summary>Adds layers, or gives known ones new principals; what else is known of the source stays.</summary>
    void AddLayers(SourceName source, IReadOnlyList<AccessLayer> layers);

    void AddSet(AccessSetId id, IReadOnlyList<LayerId> layers);

    /// <summary>Forgets the source: its layers, its people, and sets that name its layers.</summary>
    void RemoveSource(SourceName source);
}
