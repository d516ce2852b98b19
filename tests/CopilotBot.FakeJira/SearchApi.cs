using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CopilotBot.FakeJira;

/// <summary>Search over an index that lags behind: an issue is found some time after it was made (facts §2.1).</summary>
internal sealed partial class SearchApi(JiraState state, IssueApi issues, TimeProvider time)
{
    private const string Source = "POST /rest/api/3/search/jql";

    private static readonly string[] Members = ["jql", "fields", "fieldsByKeys", "expand", "maxResults", "nextPageToken", "properties", "reconcileIssues"];

    private readonly Dictionary<string, (string Jql, int Start)> _tokens = [];

    public TimeSpan IndexLag { get; set; }

    /// <summary>Fewer may be returned than were asked for.</summary>
    public int MostOfAPage { get; set; } = 50;

    public Outcome Search(JsonObject body)
    {
        IssueApi.Members(body, Members, Source);
        var jql = CreateRules.Text(body["jql"]) ?? "";
        var fields = Texts(body["fields"]);
        var properties = Texts(body["properties"]);
        if (properties.Count > 5)
        {
            throw RuleException.Of("search-properties", "§2.1", "At most five properties");
        }

        var start = body["nextPageToken"] is { } token ? StartOf(CreateRules.Text(token) ?? "", jql) : 0;
        var found = Find(jql);
        var size = Math.Min(MostOfAPage, Number(body["maxResults"]) ?? 50);
        var page = found.Skip(start).Take(size).ToList();
        var isLast = start + size >= found.Count;
        var answer = new JsonObject
        {
            ["isLast"] = isLast,

            // Without fields there is the id and nothing else.
            ["issues"] = new JsonArray([.. page.Select(issue => fields.Count == 0 ? new JsonObject { ["id"] = issue.Id } : issues.Write(issue, fields, properties))]),
        };
        if (!isLast)
        {
            var next = $"token-{_tokens.Count + 1}";
            _tokens[next] = (jql, start + size);
            answer["nextPageToken"] = next;
        }

        return Outcome.Ok(answer);
    }

    /// <summary>Data Center pages by offset and counts (facts §2.8).</summary>
    public Outcome Search(IReadOnlyDictionary<string, string> query)
    {
        var found = Find(query.GetValueOrDefault("jql", ""));
        var start = int.Parse(query.GetValueOrDefault("startAt", "0"), CultureInfo.InvariantCulture);
        var size = Math.Min(MostOfAPage, int.Parse(query.GetValueOrDefault("maxResults", "50"), CultureInfo.InvariantCulture));
        if (!query.ContainsKey("fields"))
        {
            throw RuleException.Of("fields", "§2.1", "Everything about issues is asked for where one field would do");
        }

        return Outcome.Ok(new JsonObject
        {
            ["startAt"] = start,
            ["maxResults"] = size,
            ["total"] = found.Count,
            ["issues"] = new JsonArray([.. found.Skip(start).Take(size).Select(issue => issues.Write(issue, query["fields"].Split(','), []))]),
        });
    }

    private List<IssueState> Find(string jql)
    {
        var parts = jql.Split(" ORDER BY ", 2);
        if (parts is [_, var order] && order != "created ASC")
        {
            throw RuleException.Of("jql-order", "§2.1", $"Error in the JQL Query: {order}");
        }

        var clauses = parts[0].Split(" AND ", StringSplitOptions.RemoveEmptyEntries);
        if (clauses.Length == 0)
        {
            throw RuleException.Of("jql-bounded", "§2.1", "Unbounded JQL queries are not allowed here. Please add a search restriction to your query.");
        }

        var indexed = time.GetUtcNow() - IndexLag;
        IEnumerable<IssueState> found = state.Issues.Where(issue => issue.Created <= indexed);
        return [.. clauses.Aggregate(found, (left, clause) => left.Where(Matches(clause))).OrderBy(issue => issue.Created)];
    }

    private Func<IssueState, bool> Matches(string clause)
    {
        if (Clause().Match(clause.Trim()) is not { Success: true } match)
        {
            throw RuleException.Of("jql", "§2.2", $"Error in the JQL Query: {clause}");
        }

        var value = match.Groups["value"].Value;
        return match.Groups["field"].Value switch
        {
            "project" => state.Project(value) is null ? throw RuleException.Of("jql-project", Source, $"The value '{value}' does not exist for the field 'project'.") : issue => issue.Project.Key == value,
            "labels" => issue => issue.Labels.Contains(value),
            "creator" => issue => issue.IsByBot,
            _ => issue => issue.Created.ToUnixTimeMilliseconds() >= long.Parse(match.Groups["time"].Value, CultureInfo.InvariantCulture),
        };
    }

    private int StartOf(string token, string jql) => _tokens.TryGetValue(token, out var page) && page.Jql == jql
        ? page.Start
        : throw RuleException.Of("next-page-token", "§2.1", "The nextPageToken is not one of this query");

    private static List<string> Texts(JsonNode? node) => [.. (node as JsonArray ?? []).Select(CreateRules.Text).OfType<string>()];

    private static int? Number(JsonNode? node) => node is JsonValue value && value.TryGetValue<int>(out var number) ? number : null;

    [GeneratedRegex("""^((?<field>project|labels) = "(?<value>[A-Za-z0-9_-]+)"|(?<field>creator) = currentUser\(\)|(?<field>created) >= (?<time>[0-9]{13}))$""")]
    private static partial Regex Clause();
}
