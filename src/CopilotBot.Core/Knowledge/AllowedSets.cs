using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;

namespace CopilotBot.Knowledge;

/// <summary>The access sets that one asker, or one audience, may read. Two of them with the same ids are interchangeable, also as cache keys.</summary>
public sealed class AllowedSets : IEquatable<AllowedSets>
{
    public AllowedSets(IEnumerable<AccessSetId> ids)
    {
        Ids = ids.ToFrozenSet();
        var canonical = string.Join('\n', Ids.Select(id => id.Value).Order(StringComparer.Ordinal));
        Signature = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
    }

    public static AllowedSets None { get; } = new([]);

    public FrozenSet<AccessSetId> Ids { get; }

    /// <summary>Equal for equal sets of ids.</summary>
    public string Signature { get; }

    public bool Contains(AccessSetId id) => Ids.Contains(id);

    /// <summary>What every one of the given readers may read: the rule for an audience.</summary>
    public static AllowedSets Intersect(IReadOnlyCollection<AllowedSets> readers) =>
        readers.Count == 0 ? None : new AllowedSets(readers.Skip(1).Aggregate(readers.First().Ids.AsEnumerable(), (ids, next) => ids.Where(next.Contains)));

    public bool Equals(AllowedSets? other) => other is not null && Signature == other.Signature;

    public override bool Equals(object? obj) => Equals(obj as AllowedSets);

    public override int GetHashCode() => Signature.GetHashCode(StringComparison.Ordinal);
}
