using System.Collections.Concurrent;
using CopilotBot.Knowledge;
using CopilotBot.Sources;

namespace CopilotBot.Sync.Live;

/// <summary>The live source of that name, or null where it is none.</summary>
/// <exception cref="SourceException">It is live and cannot be asked, for example because its token is missing.</exception>
public delegate ILiveSource? FindLiveSource(SourceName name);

/// <summary>Live sources for whoever has a question to them: those that are being followed, and where nothing is, as in a single command, ones of its own.</summary>
public sealed class LiveSourceFinder(ISourceRegistry registry, LiveSyncs syncs, LiveSourceTypes types)
{
    private readonly ConcurrentDictionary<SourceRegistration, ILiveSource> _made = new();

    /// <inheritdoc cref="FindLiveSource"/>
    public ILiveSource? Find(SourceName name) =>
        syncs.Open.FirstOrDefault(sync => sync.Name == name)?.Source
        ?? (registry.List().FirstOrDefault(source => source.Name == name) is { Connection: { } connection } registration
            ? _made.GetOrAdd(registration, _ => types.Create(name, registration.Type, connection))
            : null);
}
