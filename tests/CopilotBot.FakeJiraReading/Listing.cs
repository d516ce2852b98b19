using System.Text.Json.Nodes;

namespace CopilotBot.FakeJiraReading;

/// <summary>Pages by offset, shorter than asked for where the site has its own limit (facts §2.1, §2.8).</summary>
internal static class Listing
{
    /// <param name="items">Name of the array.</param>
    /// <param name="most">What one page holds at the most; more asked for is capped in silence.</param>
    public static JsonObject Page<T>(Arguments arguments, IReadOnlyList<T> all, Func<T, JsonNode> shape, int fallback, int most, string items = "values")
    {
        var (start, size) = (arguments.Number("startAt", 0), Math.Min(most, arguments.Number("maxResults", fallback)));
        var page = all.Skip(start).Take(size).ToList();
        var answer = new JsonObject { ["startAt"] = start, ["maxResults"] = size, ["total"] = all.Count, [items] = ArrayOf(page, shape) };
        if (items == "values")
        {
            answer["isLast"] = start + page.Count >= all.Count;
        }

        return answer;
    }

    public static JsonArray ArrayOf<T>(IEnumerable<T> all, Func<T, JsonNode> shape) => [.. all.Select(shape)];
}
