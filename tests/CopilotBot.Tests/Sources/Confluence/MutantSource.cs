using System.Runtime.CompilerServices;
using CopilotBot.Knowledge;
using CopilotBot.Sources;

namespace CopilotBot.Tests.Sources.Confluence;

/// <summary>How connectors get access wrong (facts/sources.md §0, §7.3).</summary>
public enum Mutant
{
    /// <summary>The own restriction hides those above it.</summary>
    NearestRestrictionWins,

    IgnoreAncestors,

    /// <summary>A list without anybody lets everybody in.</summary>
    EmptyMeansEveryone,

    /// <summary>Lists are intersected as they stand, with groups unexpanded.</summary>
    RawListIntersection,

    /// <summary>Membership is never read again.</summary>
    StaleGroups,
}

/// <summary>A source whose layers are made wrong on their way to the engine.</summary>
internal sealed class MutantSource(ILiveSource source, Mutant mutant) : ILiveSource
{
    private IReadOnlyList<Person>? _firstPeople;

    private Dictionary<LayerId, IReadOnlyList<Principal>> _known = [];

    public SourceName Name => source.Name;

    public int ReadingBatch => source.ReadingBatch;

    public Task<SourceCheck> CheckAsync(CancellationToken cancellationToken) => source.CheckAsync(cancellationToken);

    public Task<IReadOnlyList<SourceScope>> GetScopesAsync(CancellationToken cancellationToken) => source.GetScopesAsync(cancellationToken);

    public IAsyncEnumerable<ListedItem> GetChangedAsync(DateTimeOffset since, CancellationToken cancellationToken) => source.GetChangedAsync(since, cancellationToken);

    public IAsyncEnumerable<ListedItem> ListAsync(SourceScope scope, CancellationToken cancellationToken) => source.ListAsync(scope, cancellationToken);

    public async IAsyncEnumerable<ItemReading> ReadAsync(IReadOnlyList<DocumentId> items, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var reading in source.ReadAsync(items, cancellationToken))
        {
            if (reading is not ItemReading.Found found)
            {
                yield return reading;
                continue;
            }

            found.Layers.ToList().ForEach(layer => _known[layer.Id] = layer.Principals);
            var extra = new List<AccessLayer>();
            var layers = Change(found.Item, found.Documents[0].Layers, extra);
            yield return found with { Documents = [.. found.Documents.Select(document => document with { Layers = layers })], Layers = [.. found.Layers.Select(Change), .. extra] };
        }
    }

    public async Task<AccessReading> ReadAccessAsync(AccessRequest request, CancellationToken cancellationToken)
    {
        var reading = await source.ReadAccessAsync(request, cancellationToken);
        _firstPeople ??= reading.People;
        _known = reading.Layers.ToDictionary(layer => layer.Id, layer => layer.Principals);
        var extra = new List<AccessLayer>();
        var items = reading.ItemLayers.ToDictionary(item => item.Key, item => Change(item.Key, item.Value, extra));
        return reading with { People = mutant == Mutant.StaleGroups ? _firstPeople : reading.People, ItemLayers = items, Layers = [.. reading.Layers.Select(Change), .. extra] };
    }

    public Task<IReadOnlyDictionary<DocumentId, bool>> MayReadAsync(string accountId, IReadOnlyList<DocumentId> documents, CancellationToken cancellationToken) => source.MayReadAsync(accountId, documents, cancellationToken);

    private AccessLayer Change(AccessLayer layer) => mutant == Mutant.EmptyMeansEveryone && layer.Principals.Count == 0 ? layer with { Principals = [Principal.Anyone] } : layer;

    /// <param name="extra">Takes layers that are made up.</param>
    private IReadOnlyList<LayerId> Change(DocumentId item, IReadOnlyList<LayerId> layers, List<AccessLayer> extra)
    {
        var (spaces, pages) = (layers.Where(layer => !IsOfPage(layer)).ToList(), layers.Where(IsOfPage).ToList());
        switch (mutant)
        {
            case Mutant.NearestRestrictionWins:
                return [.. spaces, .. pages.Take(1)];
            case Mutant.IgnoreAncestors:
                return [.. spaces, .. pages.Where(layer => layer.Value.EndsWith($":{item.Value.Split(':')[2]}", StringComparison.Ordinal))];
            case Mutant.RawListIntersection:
                var both = new AccessLayer(
                    new LayerId($"{Name}:mutant:{item.Value.Split(':')[2]}"),
                    [.. layers.Select(layer => _known.GetValueOrDefault(layer, [])).Aggregate((one, other) => [.. one.Intersect(other)])]);
                extra.Add(both);
                return [both.Id];
            default:
                return layers;
        }
    }

    private static bool IsOfPage(LayerId layer) => layer.Value.Contains(":page:", StringComparison.Ordinal);
}
