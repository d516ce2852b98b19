namespace CopilotBot.Storage;

/// <summary>The data folder cannot be used. The message is one sentence that says what to do.</summary>
public sealed class DataFolderException(string message, Exception? innerException = null) : Exception(message, innerException);
