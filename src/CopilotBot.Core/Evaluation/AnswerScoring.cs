using System.Text.RegularExpressions;
using CopilotBot.Answering;
using CopilotBot.Knowledge;

namespace CopilotBot.Evaluation;

/// <summary>Scores what one question was answered.</summary>
internal static partial class AnswerScoring
{
    /// <summary>What sources call their documents; a set names the native id only.</summary>
    private static readonly string[] Types = ["page", "file", "issue"];

    public static IReadOnlySet<DocumentId> RightPages(SourceName source, AnswerQuestion question) =>
        NativeIds(question).SelectMany(id => Types.Select(type => DocumentId.Create(source, type, id))).ToHashSet();

    /// <summary>The page that answers, and the others that do.</summary>
    public static IEnumerable<string> NativeIds(AnswerQuestion question) => question.DocId is null ? [] : (question.Also ?? []).Prepend(question.DocId);

    public static QuestionScore Score(AnswerQuestion question, IReadOnlySet<DocumentId> rightPages, TurnResult result, Answer regardless)
    {
        var chunks = (result.Grounding?.Passages ?? []).Select(passage => passage.Candidate.Indexed.Chunk).ToList();
        var ranks = PassageRanks.Of(chunks, rightPages, question.MustHave);
        var given = Score(question, rightPages, result.Answer);
        var total = result.Answer.TimingsMs.GetValueOrDefault("total");
        var stages = result.Answer.TimingsMs.Where(stage => stage.Key != "total").ToDictionary();
        return new QuestionScore(
            question,
            ranks.Page,
            ranks.Chunks,
            Judge(question, result.Answer, given, ranks, PassageRanks.Hold(chunks, question.MustHave)),
            given,
            Score(question, rightPages, regardless),
            result.Confidence,
            total,
            new Dictionary<string, double>(stages) { ["answer"] = Math.Max(0, total - stages.Values.Sum()) },
            result.Grounding is { Retrieval.IsComplete: true });
    }

    private static ReplyScore Score(AnswerQuestion question, IReadOnlySet<DocumentId> rightPages, Answer answer)
    {
        var text = Marker().Replace(answer.Text, "");
        var answered = answer.Outcome == AnswerOutcome.Grounded;
        return new ReplyScore(
            answered,
            answered && AnswerEvaluator.Holds(text, question.MustHave) && answer.Citations.Any(citation => rightPages.Contains(citation.DocumentId)),
            text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length);
    }

    private static AnswerVerdict Judge(AnswerQuestion question, Answer answer, ReplyScore given, PassageRanks ranks, bool inChunks) => (question.DocId, answer.Outcome) switch
    {
        (_, AnswerOutcome.Refused or AnswerOutcome.Failed) => AnswerVerdict.NotRun,
        (not null, AnswerOutcome.Draft or AnswerOutcome.Reply) => AnswerVerdict.Abstained, // taken for something else than a question
        (null, AnswerOutcome.Grounded) => AnswerVerdict.AnsweredUnanswerable,
        (null, _) => AnswerVerdict.RightlyAbstained,
        _ when given.RightAndCited => AnswerVerdict.RightAndCited,
        _ when ranks.Page is null => AnswerVerdict.PageNotRetrieved,
        _ when !inChunks => AnswerVerdict.WordsNotInChunks,
        (_, AnswerOutcome.NoEvidence) => AnswerVerdict.Abstained,
        _ when !AnswerEvaluator.Holds(Marker().Replace(answer.Text, ""), question.MustHave) => AnswerVerdict.WordsNotChosen,
        _ => AnswerVerdict.CitedWrongPage,
    };

    [GeneratedRegex(@"\s*\[\d+\]")]
    private static partial Regex Marker();
}
