namespace CopilotBot.Answering;

/// <summary>A unit with the probability that it is the one that answers; over all units of a question they add up to 1.</summary>
public readonly record struct RankedUnit(AnswerUnit Unit, double Probability);
