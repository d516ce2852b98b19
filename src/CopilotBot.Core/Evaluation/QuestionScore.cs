namespace CopilotBot.Evaluation;

/// <summary>One question's result.</summary>
/// <param name="PageRank">Rank of the first right page among the distinct pages, or null.</param>
/// <param name="ChunkRank">How many of the first five chunks it takes until all must-have words have appeared, or null.</param>
/// <param name="Words">Words of the reply.</param>
internal sealed record QuestionScore(AnswerQuestion Question, int? PageRank, int? ChunkRank, bool Answered, bool RightAndCited, int Words, double Milliseconds);
