using System.Security.Cryptography;
using System.Text;

namespace CopilotBot.Knowledge;

/// <summary>Hash of the sorted layer ids of a document; the only access data that a chunk carries.</summary>
public readonly record struct AccessSetId(string Value)
{
    /// <summary>Id of the set with these layers, whatever their order.</summary>
    /// <exception cref="ArgumentException">There is no layer: a document without a layer would have no condition at all.</exception>
    public static AccessSetId Of(IEnumerable<LayerId> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        var canonical = string.Join('\n', layers.Select(layer => layer.Value).Distinct().Order(StringComparer.Ordinal));
        if (canonical.Length == 0)
        {
            throw new ArgumentException("A document needs at least one access layer.", nameof(layers));
        }

        return new AccessSetId(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))[..24]);
    }

    public override string ToString() => Value;
}
