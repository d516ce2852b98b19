using CopilotBot.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CopilotBot.Tickets;

/// <summary>
/// Writes confirmed drafts, each once. That a write is begun is stored before the call; whenever its outcome is not known, be it that no answer came or that the
/// process died, what it may have written is searched for first, and only two empty searches that come late enough lead to another write.
/// </summary>
/// <param name="reached">Told of each <see cref="TicketStep"/>.</param>
public sealed partial class TicketWriter(
    ITicketDraftStore store, ITicketTracker tracker, IOptions<TicketOptions> options, TimeProvider time, ILogger<TicketWriter> logger, Action<string>? reached = null)
{
    private const int EmptySearchesThatCount = 2;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan LongestSearchPause = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan ShortestSearchPause = TimeSpan.FromMilliseconds(200);

    /// <summary>What an earlier process had begun was sent before this.</summary>
    private readonly DateTimeOffset _started = time.GetUtcNow();

    /// <summary>The next step of a confirmed draft that is due. The draft is to be worked on by one caller at a time.</summary>
    /// <returns>The draft as stored now: settled, or to be gone on with at <see cref="TicketDraft.NotBefore"/>.</returns>
    public async Task<TicketDraft> AdvanceAsync(TicketDraft draft, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        if (draft.State != TicketState.Confirmed || draft.NotBefore > time.GetUtcNow())
        {
            return draft;
        }

        if (draft.IsUnclear)
        {
            return await ClarifyAsync(draft, cancellationToken);
        }

        return IsTooOld(draft) ? Fail(draft, "failed", "The tracker could not be reached for too long, and nothing was written: ask for the ticket again.") : await WriteAsync(draft, cancellationToken);
    }

    private async Task<TicketDraft> WriteAsync(TicketDraft draft, CancellationToken cancellationToken)
    {
        var noted = Note(draft, now => now with { Attempts = now.Attempts + 1, IsUnclear = true, Attempted = time.GetUtcNow(), EmptySearches = 0, NotBefore = null });
        if (noted is null)
        {
            // Somebody else was faster; what is stored says what they did.
            return store.Find(draft.Id) ?? draft;
        }

        reached?.Invoke(TicketStep.Noted);
        var reply = await tracker.WriteAsync(noted, cancellationToken);
        reached?.Invoke(TicketStep.Written);
        Log.Written(logger, draft.Id.Value, noted.Attempts, reply.Status);
        return reply.Status switch
        {
            TrackerStatus.Done => Finish(noted, reply, "written"),
            TrackerStatus.TryAgain => Change(noted, now => now with { IsUnclear = false, NotBefore = time.GetUtcNow() + PauseOf(now.Attempts, reply) }),
            TrackerStatus.Unknown => Change(noted, now => now with { Attempted = time.GetUtcNow(), NotBefore = time.GetUtcNow() + PauseOf(0, reply) }),
            TrackerStatus.Refused => Fail(noted with { IsUnclear = false }, "refused", reply.Problem),
            _ => throw new InvalidOperationException($"A write cannot end with {reply.Status}."),
        };
    }

    private async Task<TicketDraft> ClarifyAsync(TicketDraft draft, CancellationToken cancellationToken)
    {
        var asked = time.GetUtcNow();
        var reply = await tracker.FindAsync(draft, cancellationToken);
        reached?.Invoke(TicketStep.Searched);
        Log.Searched(logger, draft.Id.Value, draft.Attempts, reply.Status);
        return reply.Status switch
        {
            TrackerStatus.Done => Finish(draft, reply, "found"),
            TrackerStatus.NotFound => NothingFound(draft, asked),
            TrackerStatus.Refused => Fail(draft, "failed", reply.Problem),
            _ when IsTooOld(draft) => Fail(draft, "failed", "The tracker could not be asked for too long."),
            _ => Change(draft, now => now with { NotBefore = time.GetUtcNow() + (reply.Wait > SearchPause ? reply.Wait.Value : SearchPause) }),
        };
    }

    private TicketDraft NothingFound(TicketDraft draft, DateTimeOffset asked)
    {
        var counts = asked - Later(draft.Attempted ?? _started, _started) >= TimeSpan.FromSeconds(options.Value.ClarifyAfterSeconds);
        var empty = draft.EmptySearches + (counts ? 1 : 0);
        if (empty < EmptySearchesThatCount)
        {
            return Change(draft, now => now with { EmptySearches = empty, NotBefore = time.GetUtcNow() + SearchPause });
        }

        // It is not there, so another write is the first one that counts.
        return draft.Attempts >= options.Value.MaximumAttempts || IsTooOld(draft)
            ? Fail(draft, "failed", $"The tracker did not say what became of it, {draft.Attempts} times.")
            : Change(draft, now => now with { IsUnclear = false, NotBefore = null });
    }

    private TicketDraft Finish(TicketDraft draft, TrackerReply reply, string what)
    {
        CopilotTelemetry.TicketSettled(what);
        var finished = Change(
            draft,
            now => now with { State = TicketState.Done, TicketKey = reply.Key ?? now.TicketKey, Url = reply.Url, IsDryRun = reply.Key is null, IsUnclear = false, NotBefore = null },
            Audit(draft, what, reply.Key ?? draft.TicketKey, reply.Key is null ? "dry run" : $"attempt {draft.Attempts}"));
        reached?.Invoke(TicketStep.Settled);
        return finished;
    }

    private TicketDraft Fail(TicketDraft draft, string what, string? problem)
    {
        CopilotTelemetry.TicketSettled(what);
        var sentence = problem ?? "The tracker did not accept it: ask an administrator of this bot.";
        var failed = Change(
            draft,
            now => now with { State = TicketState.Failed, Problem = draft.IsUnclear ? $"{sentence} {WhereToLook(draft)}" : sentence, IsUnclear = draft.IsUnclear, NotBefore = null },
            Audit(draft, what, draft.TicketKey, sentence));
        reached?.Invoke(TicketStep.Settled);
        return failed;
    }

    private string WhereToLook(TicketDraft draft) => draft.Action == TicketAction.Create
        ? $"It may have been written all the same: before you ask again, search {draft.Project} for the label {TicketKeys.LabelOf(options.Value.Label, draft)}."
        : $"It may have been written all the same: before you ask again, look at the latest comments and the status of {draft.TicketKey}.";

    /// <summary>Changes a draft that nobody has decided about or written meanwhile.</summary>
    private TicketDraft? Note(TicketDraft draft, Func<TicketDraft, TicketDraft> change, TicketAudit? audit = null) => store.Change(
        draft.Id,
        now => now.State == TicketState.Confirmed && now.Attempts == draft.Attempts && now.EmptySearches == draft.EmptySearches ? change(now) : null,
        audit);

    private TicketDraft Change(TicketDraft draft, Func<TicketDraft, TicketDraft> change, TicketAudit? audit = null) => Note(draft, change, audit) ?? store.Find(draft.Id) ?? draft;

    private TicketAudit Audit(TicketDraft draft, string what, string? key, string? detail) => new(draft.Id, time.GetUtcNow(), draft.DecidedBy ?? draft.Requester, what, key, detail);

    private bool IsTooOld(TicketDraft draft) => time.GetUtcNow() - (draft.Decided ?? draft.Created) > TimeSpan.FromHours(options.Value.GiveUpHours);

    private static TimeSpan PauseOf(int attempts, TrackerReply reply)
    {
        var pause = TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Min(attempts, 16)));
        return reply.Wait > pause ? reply.Wait.Value : pause;
    }

    /// <summary>A quarter of the time after which searches count, within limits.</summary>
    private TimeSpan SearchPause => TimeSpan.FromTicks(Math.Clamp(TimeSpan.FromSeconds(options.Value.ClarifyAfterSeconds).Ticks / 4, ShortestSearchPause.Ticks, LongestSearchPause.Ticks));

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Draft {Draft}, attempt {Attempt}: the tracker's answer to the write is {Status}.")]
        public static partial void Written(ILogger logger, string draft, int attempt, TrackerStatus status);

        [LoggerMessage(LogLevel.Information, "Draft {Draft}, attempt {Attempt}: the search for what was written says {Status}.")]
        public static partial void Searched(ILogger logger, string draft, int attempt, TrackerStatus status);
    }
}
