namespace CopilotBot.Evaluation;

/// <summary>What a threshold would give, on the questions that the report is about.</summary>
/// <param name="RightAndCited">Of the answerable.</param>
/// <param name="UnanswerableAnswered">Of the unanswerable.</param>
public sealed record CurvePoint(double Threshold, double RightAndCited, double UnanswerableAnswered, double MeanAnswerWords);
