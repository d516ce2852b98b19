using System.Collections.Concurrent;
using System.Text.Json;
using CopilotBot.Channels.Teams.Rendering;
using CopilotBot.Conversations;
using CopilotBot.Feedback;
using CopilotBot.Telemetry;
using Microsoft.Extensions.Options;

namespace CopilotBot.Channels.Teams;

/// <summary>
/// What Teams waits for (facts/teams.md §2.4): each is answered within four seconds, with something that Teams can show. Teams repeats an invoke that it deems
/// lost; the repetition gets the response of the first.
/// </summary>
internal sealed partial class TeamsInvokes(
    FeedbackRecorder feedback, IChannelStore store, PrivateAnswers privately, KnowledgeSearch search, IOptions<TeamsOptions> options, ILogger<TeamsInvokes> logger, TimeProvider time)
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
        "message/submitAction" => Vote(activity),
        "message/fetchTask" => AskForReason(activity),
        "composeExtension/query" => InvokeResponse.Ok(await search.FindAsync(activity, cancellationToken)),
        "composeExtension/selectItem" => InvokeResponse.Empty,
        "task/fetch" => AskForReason(activity),
        "task/submit" => SubmitReason(activity),
        _ => new InvokeResponse(StatusCodes.Status501NotImplemented, null),
    };

    private async Task<InvokeResponse> PressAsync(TeamsActivity activity, CancellationToken cancellationToken)
    {
        if (CardPress.Parse(WireJson.Property(activity.Value, "action")) is not { Verb: TeamsVerb.AskPrivately, Turn: { } turn })
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

    /// <summary>Answered empty: anything else makes Teams report an error (§2.4).</summary>
    private InvokeResponse Vote(TeamsActivity activity)
    {
        var action = WireJson.Property(activity.Value, "actionValue");
        if (WireJson.Text(activity.Value, "actionName") == "feedback" && ParseVote(WireJson.Text(action, "reaction")) is { } vote)
        {
            var form = ParseFeedback(WireJson.Text(action, "feedback"));
            Record(activity, vote, form);
        }

        return InvokeResponse.Empty;
    }

    /// <summary>Both shapes that Teams and its SDKs have for it (§2.4).</summary>
    private InvokeResponse AskForReason(TeamsActivity activity)
    {
        var data = WireJson.Property(activity.Value, "data") is { ValueKind: JsonValueKind.Object } inner ? inner : activity.Value;
        var reaction = WireJson.Text(WireJson.Property(data, "actionValue"), "reaction") ?? WireJson.Text(data, "reaction") ?? "dislike";
        return InvokeResponse.Ok(TeamsCards.FeedbackForm(reaction, RatedTurn(activity, null)));
    }

    private InvokeResponse SubmitReason(TeamsActivity activity)
    {
        if (CardPress.Parse(activity.Value) is { Verb: TeamsVerb.Feedback } form && ParseVote(form.Reaction) is { } vote)
        {
            Record(activity, vote, form);
        }

        return InvokeResponse.Ok(TeamsCards.TaskMessage("Thank you: it helps to make the answers better."));
    }

    private void Record(TeamsActivity activity, Vote vote, CardPress? form)
    {
        var voter = new ChannelUser(TeamsPeople.UserOf(activity.From.ObjectId, activity.From.Id), activity.From.Name);
        if (RatedTurn(activity, form?.Turn) is not { } turn || !feedback.Record(turn, voter, vote, form?.Reason, form?.Comment))
        {
            Log.Unattributed(logger);
        }
    }

    /// <summary>
    /// The turn whose answer was rated: by the message's id; else as a form of ours says, where that turn is one of this conversation; else, in the Playground, which tells
    /// neither (§3.2), the last one.
    /// </summary>
    private TurnId? RatedTurn(TeamsActivity activity, TurnId? claimed)
    {
        var here = new ConversationReference(TeamsAdapter.Name, activity.Conversation.Id);
        return activity.ReplyToId is { } message && store.FindMessage(here, message) is { } rated ? rated.Turn
            : claimed is { } turn && store.FindTurn(turn)?.Conversation == here ? turn
            : options.Value.Anonymous ? store.FindLastAnswer(here)?.Turn
            : null;
    }

    private static Vote? ParseVote(string? reaction) => reaction switch
    {
        "like" => Feedback.Vote.Up,
        "dislike" => Feedback.Vote.Down,
        _ => null,
    };

    /// <summary>Teams sends JSON in a string, with the fields of our form or of its own; the Playground sends the words themselves (§3.2).</summary>
    private static CardPress? ParseFeedback(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(text);
            var form = json.RootElement;
            if (form.ValueKind == JsonValueKind.Object)
            {
                return CardPress.Parse(form) ?? new CardPress("", null, null, WireJson.Text(form, TeamsVerb.ReasonKey), WireJson.Text(form, TeamsVerb.CommentKey) ?? WireJson.Text(form, "feedbackText"));
            }
        }
        catch (JsonException)
        {
            // Words.
        }

        return new CardPress("", null, null, null, text);
    }

    private static InvokeResponse Say(string text) => InvokeResponse.Ok(TeamsCards.InvokeMessage(text));

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The invoke {Kind} took too long.")]
        public static partial void Late(ILogger logger, string kind);

        [LoggerMessage(LogLevel.Error, "The invoke {Kind} failed.")]
        public static partial void Failed(ILogger logger, string kind, Exception exception);

        [LoggerMessage(LogLevel.Warning, "A vote came for a message that is not known.")]
        public static partial void Unattributed(ILogger logger);
    }
}
