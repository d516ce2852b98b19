using System.Collections.Frozen;

namespace CopilotBot.Indexing.Embedded;

/// <summary>The documents of a commit by what other texts call them.</summary>
internal sealed class NameTable(ChunkTable chunks)
{
    private readonly FrozenDictionary<string, int[]> _documents = Enumerable.Range(0, chunks.DocumentIds.Count)
        .SelectMany(document => chunks.Names(document).Select(name => (name, document)))
        .GroupBy(pair => pair.name, pair => pair.document, StringComparer.Ordinal)
        .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);

    /// <summary>Numbers of the documents that have the name, visible or not.</summary>
    public IReadOnlyList<int> Find(string name) => _documents.GetValueOrDefault(name) ?? [];
}
