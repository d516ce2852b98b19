namespace CopilotBot.Evaluation;

/// <summary>One question's result.</summary>
/// <param name="PageRank">Rank of the first right page among the distinct pages, or null.</param>
/// <param name="ChunkRank">How many of the first five chunks it takes until all must-have words have appeared, or null.</param>
/// <param name="Given">What was replied.</param>
/// <param name="Regardless">What would have been replied at a threshold of 0.</param>
/// <param name="Confidence">What the threshold is held against; null where the model gives none.</param>
/// <param name="StagesMs">Milliseconds by stage, "answer" for all that follows retrieval.</param>
internal sealed record QuestionScore(
    AnswerQuestion Question, int? PageRank, int? ChunkRank, AnswerVerdict Verdict, ReplyScore Given, ReplyScore Regardless, double? Confidence, double Milliseconds,
    IReadOnlyDictionary<string, double> StagesMs, bool EveryStage)
{
    public bool IsAnswerable => Question.DocId is not null;
}
