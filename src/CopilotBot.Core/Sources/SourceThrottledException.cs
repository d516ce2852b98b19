namespace CopilotBot.Sources;

/// <summary>The source asks to be left alone until then: nothing of it is asked before.</summary>
public sealed class SourceThrottledException(DateTimeOffset until) : Exception($"The source asks to wait until {until:u}.")
{
    public DateTimeOffset Until { get; } = until;
}
