namespace CopilotBot.Retrieval;

/// <summary>Times the stages of one question and knows the deadline.</summary>
internal sealed class StageClock(TimeProvider time, TimeSpan deadline)
{
    private readonly long _start = time.GetTimestamp();

    private readonly Dictionary<string, double> _stages = [];

    private long _last = time.GetTimestamp();

    public IReadOnlyDictionary<string, double> StagesMs => _stages;

    /// <summary>A stage was left out because time was up.</summary>
    public bool WasCutOff { get; private set; }

    /// <summary>False past the deadline: the stage is to be left out.</summary>
    public bool MayStart()
    {
        var isInTime = time.GetElapsedTime(_start) <= deadline;
        WasCutOff |= !isInTime;
        return isInTime;
    }

    /// <summary>Books the time since the last call on the stage.</summary>
    public void Book(string stage)
    {
        var now = time.GetTimestamp();
        _stages[stage] = time.GetElapsedTime(_last, now).TotalMilliseconds;
        _last = now;
    }
}
