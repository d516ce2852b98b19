namespace CopilotBot.Inference;

/// <summary>A model cannot be used. The message is one sentence that says what to do.</summary>
public sealed class ModelException(string message, Exception? innerException = null) : Exception(message, innerException);
