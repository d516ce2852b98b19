namespace CopilotBot.Serving;

/// <summary>One line of the answer on the command socket: exactly one property is set. The stream ends with <paramref name="Exit"/>.</summary>
/// <param name="Out">Text for standard output, as it stands.</param>
/// <param name="Err">Text for standard error, as it stands.</param>
internal sealed record CommandEvent(string? Out = null, string? Err = null, CommandProgress? Progress = null, int? Exit = null);
