using CopilotBot.Knowledge;

namespace CopilotBot.Sources;

/// <summary>Which part of the access is read anew; the rest comes from what the source remembers of its last reading, and is read where it remembers nothing.</summary>
public enum AccessDepth
{
    /// <summary>Scopes, groups, people, and the restrictions of every item.</summary>
    Everything,

    /// <summary>Scopes, groups and people.</summary>
    Directory,

    /// <summary>The restrictions and the place in the tree of <see cref="AccessRequest.Items"/>.</summary>
    Items,
}

/// <param name="Items">Only for <see cref="AccessDepth.Items"/>.</param>
/// <param name="InUse">Layers that indexed documents name.</param>
public sealed record AccessRequest(AccessDepth Depth, IReadOnlyList<DocumentId> Items, IReadOnlySet<LayerId> InUse);

/// <summary>Who may read what. Always complete, whatever was read anew for it.</summary>
/// <param name="Layers">All layers of the source. A layer in use that is not here lets nobody in any more.</param>
/// <param name="People">All people of the source that may be let in, with groups expanded.</param>
/// <param name="ItemLayers">
/// Layers of items whose layers can change without the item changing (ancestors, restrictions). An item that is not here keeps those that it was read with.
/// </param>
/// <param name="ScopesToRead">Ids of scopes whose items have to be read again, because what their layers depend on changed its kind.</param>
public sealed record AccessReading(
    IReadOnlyList<AccessLayer> Layers, IReadOnlyList<Person> People, IReadOnlyDictionary<DocumentId, IReadOnlyList<LayerId>> ItemLayers,
    IReadOnlyList<string> ScopesToRead);
