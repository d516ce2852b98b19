using System.Globalization;
using System.Text.RegularExpressions;

namespace CopilotBot.FakeConfluence;

/// <summary>As much of CQL as a reader needs: comparisons joined by "and", then an order (facts §1.3).</summary>
internal sealed partial record Cql(IReadOnlySet<string> Spaces, IReadOnlySet<string> Types, IReadOnlySet<string> Ids, TimeSpan? Within, bool IsByModified)
{
    public static Cql Parse(string text)
    {
        var order = Order().Match(text);
        var (spaces, types, ids, within) = (new HashSet<string>(), new HashSet<string>(), new HashSet<string>(), (TimeSpan?)null);
        foreach (var clause in And().Split(order.Success ? text[..order.Index] : text))
        {
            var match = Clause().Match(clause.Trim());
            var values = match.Groups["values"].Value.Split(',').Select(value => value.Trim().Trim('"').Replace("\\\"", "\"", StringComparison.Ordinal)).ToList();
            switch (match.Groups["field"].Value)
            {
                case "space":
                    spaces.UnionWith(values);
                    break;
                case "type":
                    types.UnionWith(values);
                    break;
                case "id" when values.TrueForAll(value => value.All(char.IsAsciiDigit)):
                    ids.UnionWith(values);
                    break;
                case "lastmodified":
                    within = TimeSpan.FromMinutes(int.Parse(match.Groups["minutes"].Value, CultureInfo.InvariantCulture));
                    break;
                default:
                    throw new RuleException("cql", "§1.3", $"this CQL is not understood: {clause}");
            }
        }

        return new Cql(spaces, types, ids, within, order.Success);
    }

    [GeneratedRegex(@"\s+order by lastmodified asc$", RegexOptions.CultureInvariant)]
    private static partial Regex Order();

    [GeneratedRegex(@"\s+and\s+", RegexOptions.CultureInvariant)]
    private static partial Regex And();

    [GeneratedRegex("""^(?:(?<field>lastmodified) >= now\("-(?<minutes>\d+)m"\)|(?<field>space|type|id) (?:= (?<values>\S+)|in \((?<values>[^)]+)\)))$""", RegexOptions.CultureInvariant)]
    private static partial Regex Clause();
}
