namespace CopilotBot.Evaluation;

/// <summary>Scores of the questions of one kind. Shares of the answerable ones are null where there is none.</summary>
/// <param name="Answered">Share that got an answer, right or wrong.</param>
/// <param name="Ci">95% bootstrap intervals, low and high, by measure.</param>
public sealed record KindReport(
    int N, double? PageAt1, double? AnswerInChunks3, double Answered, double? RightAndCited, double MeanAnswerWords, IReadOnlyDictionary<string, IReadOnlyList<double>> Ci);
