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
        var scores = new List<QuestionScore>(questions.Count);
        foreach (var question in questions)
        {
            scores.Add(Score(source, question, await AskAsync(question.Question, user, cancellationToken)));
            progress?.Invoke(scores.Count);
        }

        var answerable = scores.Where(score => score.Question.DocId is not null).ToList();
        var unanswerable = scores.Where(score => score.Question.DocId is null).ToList();
        var answered = scores.Where(score => score.Answered).ToList();
        return new AnswerReport(
            scores.Count,
            Share(answerable, score => score.PageRank is 1), Share(answerable, score => score.PageRank <= 3), Share(answerable, score => score.PageRank <= 5),
            Share(answerable, score => score.ChunkRank is 1), Share(answerable, score => score.ChunkRank <= 3), Share(answerable, score => score.ChunkRank <= 5),
            Share(answerable, score => score.RightAndCited),
            Share(unanswerable, score => score.Answered),
            answered.Count == 0 ? 0 : answered.Average(score => score.Words),
            ExtractorModel.Default.Threshold,
            Latency.Of([.. scores.Select(score => score.Milliseconds)]));
    }

    private static double Share(List<QuestionScore> scores, Func<QuestionScore, bool> counts) => scores.Count == 0 ? 0 : (double)scores.Count(counts) / scores.Count;

    private Task<TurnResult> AskAsync(string question, UserIdentity user, CancellationToken cancellationToken) =>
        orchestrator.RunAsync(new ChatTurn(TurnId.New(), new ConversationReference("eval", "eval"), user, question, time.GetUtcNow()), cancellationToken);

    internal static QuestionScore Score(SourceName source, AnswerQuestion question, TurnResult result)
    {
        HashSet<DocumentId> right = [.. (question.DocId is null ? [] : question.Also ?? []).Append(question.DocId).OfType<string>().Select(id => DocumentId.Create(source, "page", id))];
        var chunks = (result.Grounding?.Passages ?? []).Select(passage => passage.Candidate.Indexed.Chunk).ToList();
        var pages = chunks.Select(chunk => chunk.DocumentId).Distinct().ToList();
        var pageIndex = pages.FindIndex(right.Contains);
        var chunkRank = Enumerable.Range(1, Math.Min(5, chunks.Count)).FirstOrDefault(count => Holds(string.Join(' ', chunks.Take(count).Select(chunk => chunk.Text)), question.MustHave));
        var answered = result.Answer.Outcome == AnswerOutcome.Grounded;
        var text = Marker().Replace(result.Answer.Text, "");
        return new QuestionScore(
            question,
            pageIndex < 0 ? null : pageIndex + 1,
            chunkRank == 0 ? null : chunkRank,
            answered,
            answered && Holds(text, question.MustHave) && result.Answer.Citations.Any(citation => right.Contains(citation.DocumentId)),
            text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length,
            result.Answer.TimingsMs["total"]);
    }

    /// <summary>All words stand in the text, white space and case apart.</summary>
    internal static bool Holds(string text, IReadOnlyList<string>? words)
    {
        var collapsed = WhiteSpace().Replace(text, " ");
        return (words ?? []).All(word => collapsed.Contains(WhiteSpace().Replace(word, " "), StringComparison.OrdinalIgnoreCase));
    }

    [GeneratedRegex(@"\s*\[\d+\]")]
    private static partial Regex Marker();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
