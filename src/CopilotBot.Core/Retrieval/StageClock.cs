using CopilotBot.Telemetry;

namespace CopilotBot.Retrieval;

/// <summary>Times the stages of one question and knows the deadline.</summary>
internal sealed class StageClock(TimeProvider time, TimeSpan deadline)
{
    private readonly long _start = time.GetTimestamp();

    private readonly Dictionary<string, double> _stages = [];

    private readonly Dictionary<string, int> _candidates = [];

    private long _last = time.GetTimestamp();

    public IReadOnlyDictionary<string, double> StagesMs => _stages;

    public IReadOnlyDictionary<string, int> Candidates => _candidates;

    /// <summary>A stage was left out because time was up.</summary>
    public bool WasCutOff { get; private set; }

    /// <summary>Until the deadline; negative past it.</summary>
    public TimeSpan Remaining => deadline - time.GetElapsedTime(_start);

    /// <summary>False past the deadline: the stage is to be left out.</summary>
    public bool MayStart(string stage)
    {
        var isInTime = Remaining >= TimeSpan.Zero;
        if (!isInTime)
        {
            WasCutOff = true;
            CopilotTelemetry.StageCutOff(stage);
        }

        return isInTime;
    }

    /// <summary>Books the time since the last call on the stage, and the candidates that came out of it.</summary>
    public void Book(string stage, int? candidates = null)
    {
        if (candidates is { } count)
        {
            _candidates[stage] = count;
        }

        var now = time.GetTimestamp();
        _stages[stage] = time.GetElapsedTime(_last, now).TotalMilliseconds;
        _last = now;
    }
}
