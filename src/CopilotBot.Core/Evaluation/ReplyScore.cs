namespace CopilotBot.Evaluation;

/// <param name="Words">Words of the reply, citation marks not counted.</param>
internal readonly record struct ReplyScore(bool Answered, bool RightAndCited, int Words);
