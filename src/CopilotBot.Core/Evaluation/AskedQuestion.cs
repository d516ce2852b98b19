using CopilotBot.Answering;
using CopilotBot.Knowledge;

namespace CopilotBot.Evaluation;

/// <summary>A question with what it was answered and how that was scored.</summary>
/// <param name="RightPages">Documents that answer it.</param>
/// <param name="Regardless">The answer that a threshold of 0 would have given; the given one when that is an answer.</param>
internal sealed record AskedQuestion(AnswerQuestion Question, IReadOnlySet<DocumentId> RightPages, TurnResult Result, Answer Regardless, QuestionScore Score);
