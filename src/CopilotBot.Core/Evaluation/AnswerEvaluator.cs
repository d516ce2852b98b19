using System.Text.RegularExpressions;
using CopilotBot.Answering;
using CopilotBot.Conversations;
using CopilotBot.Knowledge;

namespace CopilotBot.Evaluation;

/// <summary>Asks every question of a set through the same orchestrator that answers people, and scores pages, passages and answers.</summary>
public sealed partial class AnswerEvaluator(CopilotOrchestrator orchestrator, TimeProvider time)
{
    /// <param name="source">Source that the set's page ids belong to.</param>
    /// <param name="progress">Called after each question with its number.</param>
    public async Task<AnswerReport> RunAsync(
        SourceName source, IReadOnlyList<AnswerQuestion> questions, UserIdentity user, Action<int>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(questions);
        foreach (var first in questions.Take(1))
        {
            await AskAsync(source, first, user, cancellationToken); // loads the model, which the deadline would otherwise count against the first question
        }

        var scores = new List<QuestionScore>(questions.Count);
        foreach (var question in questions)
        {
            scores.Add((await AskAsync(source, question, user, cancellationToken)).Score);
            progress?.Invoke(scores.Count);
        }

        return AnswerSummary.Of(scores, ExtractorModel.Default.Threshold);
    }

    /// <summary>One question with everything that was seen of its making.</summary>
    internal async Task<AskedQuestion> AskAsync(SourceName source, AnswerQuestion question, UserIdentity user, CancellationToken cancellationToken)
    {
        var turn = new ChatTurn(TurnId.New(), new ConversationReference("eval", "eval"), user, question.Question, time.GetUtcNow());
        var result = await orchestrator.RunAsync(turn, null, cancellationToken);
        var rightPages = AnswerScoring.RightPages(source, question);
        var regardless = await UnconditionalAnswer.ComposeAsync(result, cancellationToken);
        return new AskedQuestion(question, rightPages, result, regardless, AnswerScoring.Score(question, rightPages, result, regardless));
    }

    /// <summary>All words stand in the text, white space and case apart.</summary>
    internal static bool Holds(string text, IReadOnlyList<string>? words)
    {
        var collapsed = WhiteSpace().Replace(text, " ");
        return (words ?? []).All(word => collapsed.Contains(WhiteSpace().Replace(word, " "), StringComparison.OrdinalIgnoreCase));
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
