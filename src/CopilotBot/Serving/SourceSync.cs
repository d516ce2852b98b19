#pragma warning disable
using CopilotBot.Knowledge;
using CopilotBot.Sync;

namespace CopilotBot.Serving;

internal sealed class SourceSync(ISourceRegistry registry)
{
    public void RegisterDemoIfNothingElse() { if (registry.List().Count == 0) { registry.Add(DemoKnowledge.Registration); } }
    public Task EnsureFirstRunAsync(IProgress<SyncProgress> progress, CancellationToken cancellationToken) => Task.CompletedTask;
    public Task<IReadOnlyList<SyncReport>> RunAsync(IReadOnlyList<SourceRegistration> sources, bool full, IProgress<SyncProgress> progress, CancellationToken cancellationToken) => throw new NotImplementedException();
    public Task RemoveAsync(SourceName source, CancellationToken cancellationToken) => throw new NotImplementedException();
    public static string UnknownSource(string name, IReadOnlyList<SourceRegistration> registered) =>
        registered.Count == 0
            ? $"There is no source '{name}', and none at all; add one with: source add files --path <folder> --name <name>"
            : $"There is no source '{name}'; the sources are {string.Join(", ", registered.Select(source => source.Name.Value))}.";
}
