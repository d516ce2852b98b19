using System.Globalization;
using System.Text.RegularExpressions;

namespace CopilotBot.FakeConfluence;

/// <summary>
/// As much of the query language as a crawler needs (facts §1.3): clauses joined by "and", then an order. Times have minutes, and a literal has no zone of its own.
/// </summary>
internal sealed partial class Cql
{
    private readonly List<Func<ItemState, SpaceState, DateTimeOffset, bool>> _clauses = [];

    private Cql(string text, DateTimeOffset now, TimeZoneInfo zone)
    {
        var order = OrderPattern().Match(text);
        (Sort, text) = order.Success ? ((order.Groups["down"].Success ? "-" : "") + (order.Groups["field"].Value.Equals("id", StringComparison.OrdinalIgnoreCase) ? "id" : "modified-date"), text[..order.Index]) : ("id", text);
        foreach (var clause in AndPattern().Split(text.Trim()).Select(clause => clause.Trim(' ', '\t')))
        {
            Add(clause.StartsWith('(') && clause.EndsWith(')') && !clause[1..^1].Contains('(', StringComparison.Ordinal) ? clause[1..^1] : clause, now, zone);
        }
    }

    /// <summary>Null where no clause names ids.</summary>
    public IReadOnlyList<string>? Ids { get; private set; }

    /// <summary>"id" or "modified-date", with a minus when descending.</summary>
    public string Sort { get; }

    public static Cql Parse(string text, DateTimeOffset now, TimeZoneInfo zone) => new(text, now, zone);

    /// <param name="modified">As the index knows it.</param>
    public bool Matches(ItemState item, SpaceState space, DateTimeOffset modified) => _clauses.TrueForAll(clause => clause(item, space, modified));

    private void Add(string clause, DateTimeOffset now, TimeZoneInfo zone)
    {
        var match = ClausePattern().Match(clause);
        if (!match.Success)
        {
            throw RuleException.Of("cql", "§1.3", $"The query has a clause that cannot be read: {clause}");
        }

        string[] values = [.. match.Groups["value"].Captures.Select(capture => capture.Value.Trim('"', '\''))];
        _clauses.Add((match.Groups["field"].Value.ToUpperInvariant(), match.Groups["operator"].Value.ToUpperInvariant()) switch
        {
            ("TYPE", "=" or "IN") => (item, _, _) => values.Contains(item.TypeName, StringComparer.OrdinalIgnoreCase),
            ("SPACE" or "SPACE.KEY", "=" or "IN") => (_, space, _) => values.Contains(space.Key, StringComparer.Ordinal),
            ("ID" or "CONTENT", "=" or "IN") => WithIds(values),
            ("LASTMODIFIED", ">=" or ">" or "<=" or "<") => WithTime(match.Groups["operator"].Value, TimeOf(values[0], now, zone)),
            _ => throw RuleException.Of("cql", "§1.3", $"The query has a clause that a search does not know: {clause}"),
        });
    }

    private Func<ItemState, SpaceState, DateTimeOffset, bool> WithIds(string[] values)
    {
        Ids = values;
        return (item, _, _) => values.Contains(item.Id);
    }

    private static Func<ItemState, SpaceState, DateTimeOffset, bool> WithTime(string comparison, DateTimeOffset limit) => (_, _, modified) =>
        Minute(modified).CompareTo(limit) is var order && comparison switch { ">=" => order >= 0, ">" => order > 0, "<=" => order <= 0, _ => order < 0 };

    private static DateTimeOffset TimeOf(string value, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (NowPattern().Match(value) is { Success: true } relative)
        {
            var amount = int.Parse(relative.Groups["amount"].Value, CultureInfo.InvariantCulture);
            return Minute(relative.Groups["unit"].Value switch { "m" => now.AddMinutes(-amount), "h" => now.AddHours(-amount), "d" => now.AddDays(-amount), "w" => now.AddDays(-7 * amount), "M" => now.AddMonths(-amount), _ => now.AddYears(-amount) });
        }

        if (value.Equals("now()", StringComparison.OrdinalIgnoreCase))
        {
            return Minute(now);
        }

        return DateTime.TryParseExact(value, ["yyyy-MM-dd HH:mm", "yyyy/MM/dd HH:mm", "yyyy-MM-dd", "yyyy/MM/dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            ? new DateTimeOffset(local, zone.GetUtcOffset(local))
            : throw RuleException.Of("cql-time", "§1.3", $"{value} is no time that a search takes");
    }

    private static DateTimeOffset Minute(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);

    [GeneratedRegex(@"\s+order\s+by\s+(?<field>id|lastmodified)(\s+asc|(?<down>\s+desc))?\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex OrderPattern();

    [GeneratedRegex(@"\s+and\s+", RegexOptions.IgnoreCase)]
    private static partial Regex AndPattern();

    [GeneratedRegex("""^(?<field>[\w.]+)\s*(?<operator>>=|<=|=|>|<|\bin\b)\s*(\(\s*(?<value>"[^"]*"|[\w-]+)(\s*,\s*(?<value>"[^"]*"|[\w-]+))*\s*\)|(?<value>now\([^)]*\)|"[^"]*"|[\w-]+))$""", RegexOptions.IgnoreCase)]
    private static partial Regex ClausePattern();

    [GeneratedRegex("""^now\(\s*["']?-(?<amount>\d+)(?<unit>[yMwdhm])["']?\s*\)$""")]
    private static partial Regex NowPattern();
}
