using CopilotBot.Conversations;

namespace CopilotBot.Answering;

/// <summary>Turns a question into an answer: one method that reads top to bottom.</summary>
public sealed class CopilotOrchestrator(TimeProvider time)
{
    /// <summary>Never throws except on cancellation: a fault is an answer with <see cref="AnswerOutcome.Failed"/> and the trace id.</summary>
    public Task<Answer> HandleAsync(ChatTurn turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        cancellationToken.ThrowIfCancellationRequested();
        _ = time.GetUtcNow();
        return Task.FromResult(new Answer { TurnId = turn.Id, Outcome = AnswerOutcome.NoEvidence, Text = "" });
    }
}
