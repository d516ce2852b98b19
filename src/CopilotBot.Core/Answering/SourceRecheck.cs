using CopilotBot.Conversations;
using CopilotBot.Knowledge;
using CopilotBot.Retrieval;
using CopilotBot.Sources;
using CopilotBot.Sync.Live;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CopilotBot.Answering;

/// <summary>
/// Asks live sources whether the asker may still read what is about to be shown: what the layers say is some minutes old. It only takes away; whoever calls it
/// goes on as if what it refuses had never been indexed.
/// </summary>
public sealed partial class SourceRecheck(FindLiveSource find, AccessFilter access, IOptions<RecheckOptions> options, TimeProvider time, ILogger<SourceRecheck> logger)
{
    private readonly RecheckAnswers _answers = new(TimeSpan.FromSeconds(options.Value.KeepForSeconds), time);

    public RecheckBudget Begin() => new(TimeSpan.FromMilliseconds(options.Value.BudgetMs));

    /// <summary>Asks until all that would be shown may be.</summary>
    /// <param name="shown">What would be shown without those that were refused so far.</param>
    /// <returns>All that was refused.</returns>
    public async Task<IReadOnlySet<DocumentId>> FindRefusedAsync(
        UserIdentity user, Func<IReadOnlySet<DocumentId>, IReadOnlyCollection<DocumentHeader>> shown, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(shown);
        var budget = Begin();
        var refused = new HashSet<DocumentId>();
        while (await FindRefusedAsync(user, shown(refused), budget, cancellationToken) is { Count: > 0 } more)
        {
            refused.UnionWith(more);
        }

        return refused;
    }

    /// <summary>All sources are asked at once, each for all of its documents.</summary>
    /// <returns>Those that may not be shown: the source says so, or it does not say and not everybody there may read them.</returns>
    public async Task<IReadOnlySet<DocumentId>> FindRefusedAsync(UserIdentity user, IReadOnlyCollection<DocumentHeader> documents, RecheckBudget budget, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentNullException.ThrowIfNull(budget);
        if (!options.Value.Enabled || documents.Count == 0)
        {
            return new HashSet<DocumentId>();
        }

        var start = time.GetTimestamp();
        using var limit = new CancellationTokenSource(budget.Left, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var bySource = documents.DistinctBy(document => document.Id).GroupBy(document => document.Id.Source);
        var refused = await Task.WhenAll(bySource.Select(source => FindRefusedAsync(source.Key, user, [.. source], either.Token)));
        cancellationToken.ThrowIfCancellationRequested();
        budget.Spend(time.GetElapsedTime(start));
        return refused.SelectMany(documents => documents).ToHashSet();
    }

    private async Task<IReadOnlyList<DocumentId>> FindRefusedAsync(SourceName name, UserIdentity user, IReadOnlyList<DocumentHeader> documents, CancellationToken stop)
    {
        var accounts = access.GetAccounts(user, name);
        try
        {
            if (find(name) is not { } source)
            {
                return [];
            }

            await Task.WhenAll(accounts.Select(account => AskAsync(source, KeyOf(name, account), account, [.. documents.Select(document => document.Id)], stop)));
        }
        catch (OperationCanceledException)
        {
            // The time is up: what is known of the documents by now decides.
        }
        catch (Exception exception)
        {
            // The border of a source: an answer never fails because one cannot be asked.
            Log.NotAsked(logger, name.Value, exception.GetType().Name);
        }

        return [.. documents.Where(document => !MayShow(name, accounts, document)).Select(document => document.Id)];
    }

    /// <summary>Somebody with several accounts may read what one of them may.</summary>
    private bool MayShow(SourceName name, IReadOnlyList<string> accounts, DocumentHeader document)
    {
        var answers = accounts.Select(account => _answers.Find(KeyOf(name, account), document.Id)).ToList();
        return answers.Contains(true) || ((answers.Count == 0 || answers.Contains(null)) && access.IsOpen(document));
    }

    private async Task AskAsync(ILiveSource source, string key, string account, IReadOnlyList<DocumentId> documents, CancellationToken stop)
    {
        var unknown = documents.Where(document => _answers.Find(key, document) is null).ToList();
        if (unknown.Count == 0)
        {
            return;
        }

        // A source that does not look at the token is not waited for either.
        var answers = await Task.Run(() => source.MayReadAsync(account, unknown, stop), stop).WaitAsync(stop);
        foreach (var document in unknown.Where(answers.ContainsKey))
        {
            _answers.Keep(key, document, answers[document]);
        }
    }

    private static string KeyOf(SourceName source, string account) => $"{source}:{account}";

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Source {Source} could not be asked who may read what is about to be shown ({Fault}): what is restricted there is left out.")]
        public static partial void NotAsked(ILogger logger, string source, string fault);
    }
}
