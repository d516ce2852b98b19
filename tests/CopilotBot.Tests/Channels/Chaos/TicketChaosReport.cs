namespace CopilotBot.Tests.Channels.Chaos;

/// <summary>What became of confirmed drafts whose writer died again and again.</summary>
/// <param name="Deaths">How often it died in which way.</param>
/// <param name="Created">Drafts of new tickets, and <paramref name="Changed"/> those of comments with a new status.</param>
/// <param name="Failures">Calls that the tracker failed.</param>
/// <param name="Lives">What each process had to say.</param>
internal sealed record TicketChaosReport(
    IReadOnlyDictionary<string, int> Deaths, int Created, int Changed, int Failures, int Calls, IReadOnlyList<string> Complaints, IReadOnlyList<BrokenRule> BrokenRules, IReadOnlyList<string> Lives)
{
    public int Kills => Deaths.Values.Sum();

    public string Summary =>
        $"kills {Kills}, drafts of tickets {Created}, of comments {Changed}, calls {Calls} of which failed {Failures}, complaints {Complaints.Count}; {string.Join(", ", Deaths.OrderBy(death => death.Key, StringComparer.Ordinal).Select(death => $"{death.Key} {death.Value}"))}";

    public static TicketChaosReport operator +(TicketChaosReport one, TicketChaosReport other) => new(
        one.Deaths.Concat(other.Deaths).GroupBy(death => death.Key, death => death.Value).ToDictionary(group => group.Key, group => group.Sum()),
        one.Created + other.Created,
        one.Changed + other.Changed,
        one.Failures + other.Failures,
        one.Calls + other.Calls,
        [.. one.Complaints, .. other.Complaints],
        [.. one.BrokenRules, .. other.BrokenRules],
        [.. one.Lives, .. other.Lives]);
}
