using System.Globalization;
using CopilotBot.Sync;
using CopilotBot.Sync.Live;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CopilotBot.Serving;

/// <summary>Degraded while a source has an error; the server itself answers either way. Names sources and errors, never content.</summary>
internal sealed class SourcesHealth(ISourceRegistry sources, ISyncStateStore states, LiveSyncs syncs, TimeProvider time) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var open = syncs.Open.ToDictionary(sync => sync.Name);
        var said = new SortedDictionary<string, object>(StringComparer.Ordinal);
        var isWell = true;
        foreach (var source in sources.List())
        {
            var problems = open.TryGetValue(source.Name, out var sync) ? ProblemsOf(sync.Ledger) : source.IsLive ? ["It is not followed yet."] : ProblemsOf(states.Find(source.Name));
            isWell &= problems.Count == 0;
            said[source.Name.Value] = problems.Count == 0 ? "ok" : string.Join(' ', problems);
        }

        return Task.FromResult(isWell ? HealthCheckResult.Healthy(data: said) : HealthCheckResult.Degraded(data: said));
    }

    private List<string> ProblemsOf(LiveLedger ledger)
    {
        var now = time.GetUtcNow();
        return
        [
            .. ledger.State.Errors.Values,
            .. ledger.Scopes.Select(scope => scope.Problem).OfType<string>(),
            .. ledger.State.SuspendedUntil is { } until && until > now ? [string.Create(CultureInfo.InvariantCulture, $"It asks to be left alone until {until:u}.")] : (string[])[],
            .. ledger.State.AccessAt is null ? ["Who may read what was not read yet."] : (string[])[],
        ];
    }

    private static List<string> ProblemsOf(SyncState? state) => state is null ? ["It was not read yet."] : state.Error is { } error ? [error] : [];
}
