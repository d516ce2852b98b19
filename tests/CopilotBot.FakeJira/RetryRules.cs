namespace CopilotBot.FakeJira;

/// <summary>Who was told when to come again does not come earlier (facts §1.9).</summary>
internal sealed class RetryRules(ViolationLog violations)
{
    private readonly Dictionary<string, DateTimeOffset> _until = [];

    public void Check(CallSeen call)
    {
        if (_until.Remove(KeyOf(call), out var until) && call.At < until)
        {
            violations.Add(new RuleViolation("retry-early", "§1.9", $"{call} came {(until - call.At).TotalSeconds:0.0} s too early"));
        }
    }

    public void Remember(CallSeen call, TimeSpan wait, DateTimeOffset now) => _until[KeyOf(call)] = now + wait;

    /// <summary>Another body is another matter: it may not be told yet what the first was told.</summary>
    private static string KeyOf(CallSeen call) => $"{call.Method} {call.Path} {call.Body}";
}
