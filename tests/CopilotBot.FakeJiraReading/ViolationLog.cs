namespace CopilotBot.FakeJiraReading;

/// <summary>The broken rules, in order; safe to use from any thread.</summary>
internal sealed class ViolationLog
{
    private readonly Lock _gate = new();
    private readonly List<RuleViolation> _violations = [];

    public IReadOnlyList<RuleViolation> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _violations];
            }
        }
    }

    public void Add(RuleViolation violation)
    {
        lock (_gate)
        {
            _violations.Add(violation);
        }
    }

    public void Add(string rule, string facts, string detail) => Add(new(rule, facts, detail));
}
