using CopilotBot.Conversations;
using CopilotBot.Extraction;
using CopilotBot.Retrieval;
using CopilotBot.Telemetry;
using Microsoft.Extensions.Logging;

namespace CopilotBot.Answering;

/// <summary>Turns a question into an answer: one method that reads top to bottom.</summary>
public sealed partial class CopilotOrchestrator(
    CopilotKernel kernel, AccessFilter access, RequestPolicy policy, RequestDesk requests, ITurnStore turns, ILogger<CopilotOrchestrator> logger, TimeProvider time)
{
    private const string NoTracker = "I cannot open tickets here: no tracker is connected. This is what I know about it:";

    /// <summary>Never throws except on cancellation: a fault is an answer with <see cref="AnswerOutcome.Failed"/> and the trace id.</summary>
    public async Task<Answer> HandleAsync(ChatTurn turn, CancellationToken cancellationToken) => (await RunAsync(turn, null, cancellationToken)).Answer;

    /// <inheritdoc cref="HandleAsync(ChatTurn, CancellationToken)"/>
    /// <param name="progress">Is told of passages found and sentences checked, in order, on the thread that does the work; null when nobody watches.</param>
    public async Task<Answer> HandleAsync(ChatTurn turn, IProgress<AnswerProgress>? progress, CancellationToken cancellationToken) =>
        (await RunAsync(turn, progress, cancellationToken)).Answer;

    /// <summary>The same with what evaluation wants to see.</summary>
    internal async Task<TurnResult> RunAsync(ChatTurn turn, IProgress<AnswerProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var start = time.GetTimestamp();
        using var activity = CopilotTelemetry.Source.StartActivity("turn");
        activity?.SetTag("turn.id", turn.Id.Value);
        TurnResult result;
        IReadOnlyList<TurnStage> stages = [];
        RoutedMessage? routed = null;
        try
        {
            if (policy.Refusal(turn.Text) is { } refusal)
            {
                result = new TurnResult(new Answer { TurnId = turn.Id, Outcome = AnswerOutcome.Refused, Text = refusal }, null, null);
            }
            else
            {
                var allowed = turn.Audience is null ? access.GetAllowed(turn.User) : access.GetAllowed([turn.User, .. turn.Audience]);
                routed = await requests.RouteAsync(turn, cancellationToken);
                if (await requests.ServeAsync(turn, routed, allowed, cancellationToken) is { } served)
                {
                    result = new TurnResult(served, null, null);
                }
                else
                {
                    var standsIn = RequestDesk.IsForTicket(routed);
                    (var grounding, var response, stages) = await kernel.RunAsync(turn.Id, turn.Text, turn.User, allowed, standsIn ? null : progress, cancellationToken);
                    var verified = CitationVerifier.Verify(response.Text, grounding.Passages);
                    var answer = AnswerWriter.Write(turn.Id, verified, grounding, isShared: turn.Audience is not null);
                    answer = standsIn ? answer with { Text = $"{NoTracker}\n{answer.Text}" } : answer with { Choices = RequestDesk.Offers(routed) };
                    var instead = answer.Outcome == AnswerOutcome.NoEvidence ? await requests.ServeUnansweredAsync(turn, routed, allowed, cancellationToken) : null;
                    result = new TurnResult(instead ?? answer, grounding, GroundingRequest.ConfidenceOf(response));
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            // The border of a turn: whatever broke, the person gets a reply and the admin the reason.
            Log.Failed(logger, turn.Id.Value, exception);
            var text = $"Something went wrong, and it is not your fault. Please try again; if it stays, give your admins the trace id {turn.Id}.";
            result = new TurnResult(new Answer { TurnId = turn.Id, Outcome = AnswerOutcome.Failed, Text = text }, null, null);
        }

        var total = time.GetElapsedTime(start).TotalMilliseconds;
        var timings = new Dictionary<string, double>(result.Grounding?.Retrieval.StagesMs ?? new Dictionary<string, double>()) { ["total"] = total };
        result = result with { Answer = result.Answer with { TimingsMs = timings } };
        Save(turn, result, stages, routed);
        CopilotTelemetry.TurnFinished(result.Answer.Outcome.ToString(), total);
        Log.Finished(logger, turn.Id.Value, result.Answer.Outcome, total);
        return result;
    }

    private void Save(ChatTurn turn, TurnResult result, IReadOnlyList<TurnStage> stages, RoutedMessage? routed)
    {
        var record = new TurnRecord(
            turn.Id, turn.Conversation, turn.User, turn.Text, turn.Received, result.Answer.Outcome.ToString(), result.Answer.Text,
            [.. result.Answer.Citations.Select(citation => citation.ChunkId.Value)],
            [.. AnswerWriter.Retrieved(result.Grounding).Select(chunk => new TurnCandidate(chunk.ChunkId.Value, chunk.Bm25Rank, chunk.DenseRank, chunk.FusedRank ?? 0, chunk.LateRank, chunk.RerankScore))],
            [.. stages, .. result.Answer.TimingsMs.Select(stage => new TurnStage(stage.Key, stage.Value))],
            result.Confidence)
        { Route = routed is null ? null : RequestDesk.Describe(routed) };
        try
        {
            turns.Save(record);
        }
        catch (IOException exception)
        {
            Log.NotSaved(logger, turn.Id.Value, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Turn {Turn} ended {Outcome} in {Milliseconds:0} ms.")]
        public static partial void Finished(ILogger logger, string turn, AnswerOutcome outcome, double milliseconds);

        [LoggerMessage(Level = LogLevel.Error, Message = "Turn {Turn} failed.")]
        public static partial void Failed(ILogger logger, string turn, Exception exception);

        [LoggerMessage(Level = LogLevel.Error, Message = "The trace of turn {Turn} could not be stored.")]
        public static partial void NotSaved(ILogger logger, string turn, Exception exception);
    }
}
