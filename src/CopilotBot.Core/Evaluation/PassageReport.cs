namespace CopilotBot.Evaluation;

/// <summary>What one pipeline retrieves for a question set; shares of the answerable questions, named as in <see cref="AnswerReport"/>.</summary>
/// <param name="PairedP">Two-sided p of the paired randomisation test on the right page at 1 against each pipeline before it.</param>
public sealed record PassageReport(
    double PageAt1, double PageAt3, double PageAt5, double AnswerInChunks1, double AnswerInChunks3, double AnswerInChunks5,
    IReadOnlyDictionary<string, IReadOnlyList<double>> Ci, IReadOnlyDictionary<string, double> PairedP, double EveryStage, Latency LatencyMs);
