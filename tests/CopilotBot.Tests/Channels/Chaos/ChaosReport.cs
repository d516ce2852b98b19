namespace CopilotBot.Tests.Channels.Chaos;

/// <summary>What became of it all.</summary>
/// <param name="Deaths">How often it died in which way.</param>
/// <param name="Complaints">With the conversation that each is about.</param>
/// <param name="Lives">What each process had to say.</param>
internal sealed record ChaosReport(
    IReadOnlyDictionary<string, int> Deaths, int Questions, int Edits, int Lost, int Duplicated, int Orphans, IReadOnlyList<string> Complaints, IReadOnlyList<BrokenRule> BrokenRules, IReadOnlyList<string> Lives)
{
    public int Kills => Deaths.Values.Sum();

    public string Summary => $"kills {Kills}, questions {Questions} (edited {Edits}), answers lost {Lost}, answers duplicated {Duplicated}, orphan placeholders {Orphans}; {string.Join(", ", Deaths.OrderBy(death => death.Key, StringComparer.Ordinal).Select(death => $"{death.Key} {death.Value}"))}";

    public static ChaosReport operator +(ChaosReport one, ChaosReport other) => new(
        one.Deaths.Concat(other.Deaths).GroupBy(death => death.Key, death => death.Value).ToDictionary(group => group.Key, group => group.Sum()),
        one.Questions + other.Questions,
        one.Edits + other.Edits,
        one.Lost + other.Lost,
        one.Duplicated + other.Duplicated,
        one.Orphans + other.Orphans,
        [.. one.Complaints, .. other.Complaints],
        [.. one.BrokenRules, .. other.BrokenRules],
        [.. one.Lives, .. other.Lives]);
}
