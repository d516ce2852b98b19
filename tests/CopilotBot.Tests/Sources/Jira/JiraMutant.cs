using System.Runtime.CompilerServices;
using CopilotBot.Knowledge;
using CopilotBot.Sources;

namespace CopilotBot.Tests.Sources.Jira;

/// <summary>How connectors get access to issues wrong (facts/sources.md §0.9).</summary>
public enum JiraMutant
{
    /// <summary>Who may browse the project sees issues of every security level.</summary>
    LevelIgnored,

    /// <summary>Somebody who may browse one issue as its reporter, assignee or by a field may browse the whole project.</summary>
    DynamicHoldersGrantedWide,

    /// <summary>Internal notes are for everybody who may see the issue.</summary>
    InternalNotesForAll,

    /// <summary>Restricted comments are for everybody who may see the issue.</summary>
    VisibilityIgnored,

    /// <summary>Membership is never read again.</summary>
    StaleGroups,
}

/// <summary>A source whose layers are made wrong on their way to the engine.</summary>
internal sealed class JiraMutantSource(ILiveSource source, JiraMutant mutant) : ILiveSource
{
    private readonly Dictionary<LayerId, IReadOnlyList<Principal>> _projects = [];

    private IReadOnlyList<Person>? _firstPeople;

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
            yield return reading is ItemReading.Found found
                ? found with { Documents = [.. found.Documents.Select(document => document with { Layers = [.. document.Layers.Where(Holds)] })], Layers = Change(found.Layers) }
                : reading;
        }
    }

    public async Task<AccessReading> ReadAccessAsync(AccessRequest request, CancellationToken cancellationToken)
    {
        var reading = await source.ReadAccessAsync(request, cancellationToken);
        _firstPeople ??= reading.People;
        return reading with { Layers = Change(reading.Layers), People = mutant == JiraMutant.StaleGroups ? _firstPeople : reading.People };
    }

    public Task<IReadOnlyDictionary<DocumentId, bool>> MayReadAsync(string accountId, IReadOnlyList<DocumentId> documents, CancellationToken cancellationToken) => source.MayReadAsync(accountId, documents, cancellationToken);

    private bool Holds(LayerId layer) => mutant switch
    {
        JiraMutant.LevelIgnored => !layer.Value.StartsWith($"{Name}:level:", StringComparison.Ordinal),
        JiraMutant.InternalNotesForAll => !layer.Value.EndsWith(":internal", StringComparison.Ordinal),
        JiraMutant.VisibilityIgnored => !layer.Value.StartsWith($"{Name}:comment:", StringComparison.Ordinal) || layer.Value.EndsWith(":internal", StringComparison.Ordinal),
        _ => true,
    };

    private IReadOnlyList<AccessLayer> Change(IReadOnlyList<AccessLayer> layers)
    {
        if (mutant != JiraMutant.DynamicHoldersGrantedWide)
        {
            return layers;
        }

        layers.Where(layer => IsOfProject(layer.Id)).ToList().ForEach(layer => _projects[layer.Id] = layer.Principals);
        var all = _projects.ToLookup(layer => ProjectOf(layer.Key), layer => layer.Value);
        return [.. layers.Select(layer => IsOfProject(layer.Id) ? layer with { Principals = [.. all[ProjectOf(layer.Id)].SelectMany(principals => principals).Distinct()] } : layer)];
    }

    private bool IsOfProject(LayerId layer) => layer.Value.StartsWith($"{Name}:project:", StringComparison.Ordinal);

    private static string ProjectOf(LayerId layer) => layer.Value.Split('+')[0];
}
