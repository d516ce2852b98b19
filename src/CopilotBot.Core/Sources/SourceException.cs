namespace CopilotBot.Sources;

/// <summary>A source cannot be read as a whole. The message is one sentence for the admin that says what to do.</summary>
public sealed class SourceException(string message, Exception? innerException = null) : Exception(message, innerException);
