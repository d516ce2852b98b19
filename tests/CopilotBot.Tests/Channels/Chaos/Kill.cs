namespace CopilotBot.Tests.Channels.Chaos;

/// <summary>How a process is to die.</summary>
internal abstract record Kill
{
    private Kill()
    {
    }

    /// <summary>By itself, when it comes to a step for the n-th time.</summary>
    public sealed record AtStep(string Step, int Times) : Kill;

    /// <summary>Some time after it was started, be it ready or not.</summary>
    public sealed record AtMoment(TimeSpan Age) : Kill;

    /// <summary>When the platform has done what the process asked for with its n-th call, and has not told it.</summary>
    public sealed record BeforeAnswer(int Calls) : Kill;
}
