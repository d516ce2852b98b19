using CopilotBot.Sync;
using CopilotBot.Sync.Live;

namespace CopilotBot.Commands;

/// <summary>What <c>sync status --json</c> prints of one source.</summary>
internal sealed record SourceLedgerJson(
    string Name, string Type, bool InSync, int Documents, int Hidden, int Waiting, double? ItemsPerMinute, double? SecondsLeft, DateTimeOffset? LastChanges, DateTimeOffset? LastAccess,
    DateTimeOffset? LastListing, IReadOnlyList<string> Errors, IReadOnlyList<string> Warnings, IReadOnlyList<ScopeLedger> Scopes, IReadOnlyList<IssueJson> Failed, IReadOnlyList<IssueJson> Skipped)
{
    public static SourceLedgerJson Of(SourceRegistration source, LiveLedger ledger) => new(
        source.Name.Value,
        source.Type,
        ledger.IsInSync,
        ledger.Documents,
        ledger.Hidden,
        ledger.Waiting,
        ledger.Rate,
        ledger.Left?.TotalSeconds,
        ledger.State.ChangesAt,
        ledger.State.AccessAt,
        ledger.State.ReconciledAt,
        [.. ledger.State.Errors.Values, .. ledger.State.SuspendedUntil is { } until ? [$"It asks to be left alone until {until:u}."] : (string[])[]],
        ledger.State.Warnings,
        ledger.Scopes,
        [.. ledger.Failed.Select(issue => new IssueJson(issue.Id.Value, issue.Reason))],
        [.. ledger.Skipped.Select(issue => new IssueJson(issue.Id.Value, issue.Reason))]);

    /// <summary>A folder is one scope, whose listing is its proof.</summary>
    public static SourceLedgerJson Of(SourceRegistration source, SyncState? state)
    {
        var scope = new ScopeLedger(source.Name.Value, source.Name.Value, source.Path, state?.CompleteCount, state?.Documents ?? 0, 0, state?.Failed.Count ?? 0, 0, state?.LastListed, state?.Error);
        return new SourceLedgerJson(
            source.Name.Value, source.Type, state is { Error: null, Failed.Count: 0, LastCompleted: not null }, state?.Documents ?? 0, 0, 0, null, null, state?.LastCompleted, state?.LastCompleted, state?.LastListed,
            state is null ? ["It was not read yet."] : [], [], [scope],
            [.. (state?.Failed ?? []).Select(issue => new IssueJson(issue.Id.Value, issue.Reason))],
            [.. (state?.Skipped ?? []).Select(issue => new IssueJson(issue.Id.Value, issue.Reason))]);
    }
}

internal sealed record IssueJson(string Id, string Reason);
