namespace CopilotBot.Sources.Http;

/// <summary>A call to a source that brought nothing. The message names the path without its query and the status, never content.</summary>
public sealed class SourceHttpException(SourceFault fault, string message, Exception? innerException = null) : Exception(message, innerException)
{
    public SourceFault Fault { get; } = fault;

    /// <summary>Where a redirected call to JSON points, which is never followed by itself; null when the answer is no redirect.</summary>
    public Uri? MovedTo { get; init; }
}
