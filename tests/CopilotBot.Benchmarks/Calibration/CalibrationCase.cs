using CopilotBot.Answering;
using CopilotBot.Evaluation;
using CopilotBot.Knowledge;

namespace CopilotBot.Benchmarks.Calibration;

/// <summary>A question with what retrieval found for it.</summary>
internal sealed class CalibrationCase
{
    /// <summary>Share of the answer's words that a unit has to hold to be the one that gives it, where several hold a must-have word.</summary>
    private const double ShareOfAnswer = .6;

    public CalibrationCase(AnswerQuestion question, GroundingRequest request)
    {
        Question = question;
        Request = request;
        Units = UnitFeatures.Of(request, AnswerExtractor.MaximumPassages);
        RightPages = RightPagesOf(question);
        Targets = FindTargets();
    }

    public AnswerQuestion Question { get; }

    public GroundingRequest Request { get; }

    public IReadOnlyList<AnswerUnit> Units { get; }

    public HashSet<DocumentId> RightPages { get; }

    public bool IsAnswerable => Question.DocId is not null;

    /// <summary>For each must-have word that any unit of a right page holds: the units that do, by index.</summary>
    public IReadOnlyList<int[]> Targets { get; }

    public int PageRank
    {
        get
        {
            var rank = Request.Passages.Select(passage => passage.Candidate.Indexed.Chunk.DocumentId).Distinct().ToList().FindIndex(RightPages.Contains);
            return rank < 0 ? int.MaxValue : rank + 1;
        }
    }

    public static HashSet<DocumentId> RightPagesOf(AnswerQuestion question) =>
        [.. (question.DocId is null ? [] : (question.Also ?? []).Append(question.DocId)).Select(id => DocumentId.Create(HandbookSet.Source, "page", id))];

    public bool HoldsIn(int chunks) =>
        AnswerEvaluator.Holds(string.Join(' ', Request.Passages.Take(chunks).Select(passage => passage.Candidate.Indexed.Chunk.Text)), Question.MustHave);

    private List<int[]> FindTargets()
    {
        var answer = UnitFeatures.Words(Question.Answer ?? "").Select(UnitFeatures.Stem).ToHashSet();
        var targets = new List<int[]>();
        foreach (var word in IsAnswerable ? Question.MustHave ?? [] : [])
        {
            int[] holding = [.. Enumerable.Range(0, Units.Count).Where(i => RightPages.Contains(Units[i].DocumentId) && AnswerEvaluator.Holds(Units[i].Text, [word]))];
            int[] giving = [.. holding.Where(i => answer.Count(Units[i].Words.Contains) >= ShareOfAnswer * answer.Count)];
            targets.Add(answer.Count > 2 && giving.Length > 0 ? giving : holding);
        }

        return [.. targets.Where(target => target.Length > 0)];
    }
}
