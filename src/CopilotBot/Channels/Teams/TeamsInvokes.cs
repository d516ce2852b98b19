using System.Collections.Concurrent;
using CopilotBot.Channels.Teams.Rendering;
using CopilotBot.Telemetry;

namespace CopilotBot.Channels.Teams;

/// <summary>
/// What Teams waits for (facts/teams.md §2.4): each is answered within four seconds, with something that Teams can show. Teams repeats an invoke that it deems
/// lost; the repetition gets the response of the first.
/// </summary>
internal sealed partial class TeamsInvokes(TeamsFeedback feedback, PrivateAnswers privately, KnowledgeSearch search, TeamsTickets tickets, ILogger<TeamsInvokes> logger, TimeProvider time)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(3.5);

    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, (DateTimeOffset At, Lazy<Task<InvokeResponse>> Response)> _answered = new();

    public Task<InvokeResponse> AnswerAsync(TeamsActivity activity)
    {
        var now = time.GetUtcNow();
        foreach (var (old, _) in _answered.Where(known => now - known.Value.At > Remembered))
        {
            _answered.TryRemove(old, out _);
        }

        var key = $"{activity.Conversation.Id}\n{activity.Id}\n{activity.Name}";
        if (activity.Id.Length == 0)
        {
            return WithinDeadlineAsync(activity);
        }

        // Runs once, however many deliveries come at the same time.
        return _answered.GetOrAdd(key, (now, new Lazy<Task<InvokeResponse>>(() => WithinDeadlineAsync(activity)))).Response.Value;
    }

    private async Task<InvokeResponse> WithinDeadlineAsync(TeamsActivity activity)
    {
        using var stop = new CancellationTokenSource(Deadline, time);
        var kind = activity.Name ?? "";
        var result = "done";
        try
        {
            return await DispatchAsync(activity, stop.Token).WaitAsync(Deadline, time, CancellationToken.None);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            result = "late";
            Log.Late(logger, kind);
        }
        catch (Exception exception)
        {
            // The border of an invoke: Teams shows what we say, or "unable to reach app".
            result = "failed";
            Log.Failed(logger, kind, exception);
        }
        finally
        {
            CopilotTelemetry.EventReceived(TeamsAdapter.Name, IsKnown(kind) ? kind : "other", result);
        }

        return kind switch
        {
            "adaptiveCard/action" => Say("That took too long here. Please try again."),
            "composeExtension/query" => InvokeResponse.Ok(TeamsCards.SearchMessage("The search took too long. Please try again.")),
            "task/fetch" or "task/submit" or "message/fetchTask" => InvokeResponse.Ok(TeamsCards.TaskMessage("That took too long here. Please try again.")),
            _ => InvokeResponse.Empty,
        };
    }

    private static bool IsKnown(string kind) =>
        kind is "adaptiveCard/action" or "message/submitAction" or "message/fetchTask" or "composeExtension/query" or "composeExtension/selectItem" or "task/fetch" or "task/submit";

    private async Task<InvokeResponse> DispatchAsync(TeamsActivity activity, CancellationToken cancellationToken) => activity.Name switch
    {
        "adaptiveCard/action" => await PressAsync(activity, cancellationToken),
        "message/submitAction" => feedback.Vote(activity),
        "message/fetchTask" => feedback.AskForReason(activity),
        "composeExtension/query" => InvokeResponse.Ok(await search.FindAsync(activity, cancellationToken)),
        "composeExtension/selectItem" => InvokeResponse.Empty,
        "task/fetch" => feedback.AskForReason(activity),
        "task/submit" => feedback.SubmitReason(activity),
        _ => new InvokeResponse(StatusCodes.Status501NotImplemented, null),
    };

    private async Task<InvokeResponse> PressAsync(TeamsActivity activity, CancellationToken cancellationToken)
    {
        var press = CardPress.Parse(WireJson.Property(activity.Value, "action"));
        if (press is { Turn: not null, Verb: TeamsVerb.ConfirmTicket or TeamsVerb.SaveTicket or TeamsVerb.CancelTicket or TeamsVerb.Choose })
        {
            return Say(await tickets.TakeAsync(activity, press, cancellationToken));
        }

        if (press is not { Verb: TeamsVerb.AskPrivately, Turn: { } turn })
        {
            return Say("This button is from an older version; please ask again.");
        }

        return Say(await privately.AskAsync(activity, turn, cancellationToken) switch
        {
            PrivateAnswer.Coming => TeamsCards.AskPrivatelyText(isReached: true),
            PrivateAnswer.NotInstalled => TeamsCards.AskPrivatelyText(isReached: false),
            PrivateAnswer.UnknownQuestion => "I do not know that question any more; please ask me directly.",
            _ => "I could not open our personal chat just now. Please try again.",
        });
    }

    private static InvokeResponse Say(string text) => InvokeResponse.Ok(TeamsCards.InvokeMessage(text));

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The invoke {Kind} took too long.")]
        public static partial void Late(ILogger logger, string kind);

        [LoggerMessage(LogLevel.Error, "The invoke {Kind} failed.")]
        public static partial void Failed(ILogger logger, string kind, Exception exception);
    }
}
