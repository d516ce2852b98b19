namespace CopilotBot.Indexing;

/// <summary>The index cannot be used as a whole. The message is one sentence for the admin that says what to do.</summary>
public sealed class IndexException(string message, Exception? innerException = null) : Exception(message, innerException);
