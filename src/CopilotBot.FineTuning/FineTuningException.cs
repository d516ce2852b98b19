namespace CopilotBot.FineTuning;

/// <summary>Training cannot begin or end; the message says what to do.</summary>
internal sealed class FineTuningException(string message, Exception? inner = null) : Exception(message, inner);
