using CopilotBot.Answering;
using CopilotBot.Evaluation;
using CopilotBot.Knowledge;

namespace CopilotBot.Benchmarks.Calibration;

/// <summary>A question with what retrieval found for it.</summary>
internal sealed class CalibrationCase(AnswerQuestion question, GroundingRequest request)
{
    public AnswerQuestion Question { get; } = question;

    public GroundingRequest Request { get; } = request;

    public IReadOnlyList<AnswerUnit> Units { get; } = UnitFeatures.Of(request, AnswerExtractor.MaximumPassages);

    public HashSet<DocumentId> RightPages { get; } = RightPagesOf(question);

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

    /// <summary>Holds one of the must-have words, on a right page.</summary>
    public bool IsRight(AnswerUnit unit) =>
        RightPages.Contains(unit.Passage.Candidate.Indexed.Chunk.DocumentId) && (Question.MustHave ?? []).Any(word => AnswerEvaluator.Holds(unit.Text, [word]));

    public float[] Evidence(ExtractorModel model) =>
        EvidenceFeatures.Of(Request, [.. Units.Select(unit => model.UnitProbability(unit.Features)).OrderDescending()], Units.Select(unit => unit.OwnSimilarity).DefaultIfEmpty(0).Max());
}
