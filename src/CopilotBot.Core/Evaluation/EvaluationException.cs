namespace CopilotBot.Evaluation;

/// <summary>An evaluation cannot run. The message is one sentence that says what to do.</summary>
public sealed class EvaluationException(string message, Exception? innerException = null) : Exception(message, innerException);
