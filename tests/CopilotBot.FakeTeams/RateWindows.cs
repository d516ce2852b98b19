namespace CopilotBot.FakeTeams;

/// <summary>Sliding windows per conversation (facts §2.6); a refused call is not counted.</summary>
internal sealed class RateWindows(TimeProvider time, params (int Calls, TimeSpan Window)[] limits)
{
    public static (int Calls, TimeSpan Window)[] Sends { get; } = [(7, TimeSpan.FromSeconds(1)), (8, TimeSpan.FromSeconds(2)), (60, TimeSpan.FromSeconds(30)), (1800, TimeSpan.FromHours(1))];

    public static (int Calls, TimeSpan Window)[] Reads { get; } = [(14, TimeSpan.FromSeconds(1)), (16, TimeSpan.FromSeconds(2)), (120, TimeSpan.FromSeconds(30)), (3600, TimeSpan.FromHours(1))];

    /// <summary>The old member list: about 5 a minute (facts §1.8).</summary>
    public static (int Calls, TimeSpan Window)[] OldMembers { get; } = [(5, TimeSpan.FromMinutes(1))];

    private readonly Dictionary<string, List<DateTimeOffset>> _taken = [];

    /// <summary>Null and counted where the call may go through, else how long until one may, and the window that is full.</summary>
    public (TimeSpan Wait, int Calls, TimeSpan Window)? Take(string conversationId)
    {
        var now = time.GetUtcNow();
        if (!_taken.TryGetValue(conversationId, out var taken))
        {
            _taken[conversationId] = taken = [];
        }

        foreach (var (calls, window) in limits)
        {
            var first = taken.FindIndex(at => at > now - window);
            if (first >= 0 && taken.Count - first >= calls)
            {
                return (taken[^calls] + window - now, calls, window);
            }
        }

        taken.Add(now);
        return null;
    }
}
