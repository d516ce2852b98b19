namespace CopilotBot.FakeJiraReading;

/// <summary>A failure that the next matching calls meet.</summary>
public sealed class Fault
{
    private int _left = 1;

    /// <summary>Which calls; all of them by default.</summary>
    public Func<CallSeen, bool> When { get; init; } = _ => true;

    /// <summary>How many calls; one by default.</summary>
    public int Times
    {
        get => _left;
        init => _left = value;
    }

    public required FaultKind Kind { get; init; }

    /// <summary>Called under the site's lock.</summary>
    internal bool Takes(CallSeen call)
    {
        if (_left == 0 || !When(call))
        {
            return false;
        }

        _left--;
        return true;
    }
}
