using System.Collections.Concurrent;
using CopilotBot.Indexing;
using CopilotBot.Knowledge;
using CopilotBot.Sources.Files;
using CopilotBot.Sync;
using CopilotBot.Sync.Live;

namespace CopilotBot.Serving;

/// <summary>Runs registered sources through the pipeline, one run per source at a time, whoever asks for it.</summary>
internal sealed class SourceSync(
    ISourceRegistry registry, ISyncStateStore states, SyncPipeline pipeline, LiveSyncs live, ILiveStateStore liveStates, IKnowledgeIndex index, IDocumentStore documents, IAccessStore access)
{
    private readonly ConcurrentDictionary<SourceName, SemaphoreSlim> _gates = new();

    public void RegisterDemoIfNothingElse()
    {
        if (registry.List().Count == 0)
        {
            registry.Add(DemoKnowledge.Registration);
        }
    }

    /// <summary>Runs the folders that have never completed a run.</summary>
    public async Task EnsureFirstRunAsync(IProgress<SyncProgress> progress, CancellationToken cancellationToken)
    {
        RegisterDemoIfNothingElse();
        var fresh = registry.List().Where(source => !source.IsLive && states.Find(source.Name)?.LastCompleted is null).ToList();
        await RunAsync(fresh, full: false, progress, cancellationToken);
    }

    public async Task<IReadOnlyList<SyncReport>> RunAsync(
        IReadOnlyList<SourceRegistration> sources, bool full, IProgress<SyncProgress> progress, CancellationToken cancellationToken)
    {
        var reports = new List<SyncReport>();
        foreach (var source in sources)
        {
            var gate = _gates.GetOrAdd(source.Name, _ => new SemaphoreSlim(1));
            await gate.WaitAsync(cancellationToken);
            try
            {
                if (registry.List().All(registered => registered.Name != source.Name))
                {
                    continue; // removed while this run waited
                }

                if (source.IsLive)
                {
                    reports.Add(await (await live.GetAsync(source, cancellationToken)).RunAsync(full, progress, cancellationToken));
                    continue;
                }

                var files = new FilesSource(source.Name, new FilesSourceSettings(DemoKnowledge.FolderOf(source), source.Readers, source.BaseUrl));
                reports.Add(await pipeline.RunAsync(files, full, progress, cancellationToken));
            }
            finally
            {
                gate.Release();
            }
        }

        return reports;
    }

    /// <summary>Removes the source and everything that was read from it; its readers lose access first.</summary>
    public async Task RemoveAsync(SourceName source, CancellationToken cancellationToken)
    {
        var gate = _gates.GetOrAdd(source, _ => new SemaphoreSlim(1));
        await gate.WaitAsync(cancellationToken);
        try
        {
            access.RemoveSource(source);
            documents.Remove([.. documents.GetHeaders(source).Select(header => header.Id)]);
            await index.ApplyAsync(new IndexBatch { Deletions = [.. index.GetDocuments(source)] }, cancellationToken);
            states.Forget(source);
            live.Close(source);
            liveStates.Forget(source);

            // Last: a removal that was cut off can be asked for again.
            registry.Remove(source);
        }
        finally
        {
            gate.Release();
        }
    }

    public static string UnknownSource(string name, IReadOnlyList<SourceRegistration> registered) =>
        registered.Count == 0
            ? $"There is no source '{name}', and none at all; add one with: source add files --path <folder> --name <name>"
            : $"There is no source '{name}'; the sources are {string.Join(", ", registered.Select(source => source.Name.Value))}.";
}
