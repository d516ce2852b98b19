using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace CopilotBot.FakeConfluence;

/// <summary>Pages of a listing: by cursor, which remembers the last entry so that what is added elsewhere moves nothing (facts §1.2), or by offset.</summary>
internal static class Paging
{
    /// <param name="keyOf">Where an entry stands in the order of the listing; ordinally increasing.</param>
    public static JsonObject ByCursor<T>(CallSeen call, IEnumerable<T> all, Func<T, string> keyOf, Func<T, JsonNode> show, int longest, int most = 250, int usual = 25)
    {
        var limit = Math.Min(LimitOf(call, most, usual), longest);
        var after = call.Find("cursor") is { Length: > 0 } cursor ? Encoding.UTF8.GetString(Convert.FromBase64String(cursor)) : "";
        var left = all.Select(one => (Key: keyOf(one), One: one)).Where(pair => after.Length == 0 || string.CompareOrdinal(pair.Key, after) > 0).OrderBy(pair => pair.Key, StringComparer.Ordinal).Take(limit + 1).ToList();
        var page = left.Take(limit).ToList();
        var links = new JsonObject { ["base"] = "https://halvorne.example/wiki" };
        if (left.Count > limit)
        {
            links["next"] = $"{call.Path}?{WithCursor(call, Convert.ToBase64String(Encoding.UTF8.GetBytes(page[^1].Key)))}";
        }

        return new JsonObject { ["results"] = new JsonArray([.. page.Select(pair => show(pair.One))]), ["_links"] = links };
    }

    public static JsonObject ByOffset<T>(CallSeen call, IReadOnlyList<T> all, Func<T, JsonNode> show, int longest, int most, int usual)
    {
        var limit = Math.Min(LimitOf(call, most, usual), longest);
        var start = call.Find("start") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
        var page = all.Skip(start).Take(limit).Select(show).ToArray();
        return new JsonObject { ["results"] = new JsonArray(page), ["start"] = start, ["limit"] = limit, ["size"] = page.Length, ["_links"] = new JsonObject { ["base"] = "https://halvorne.example/wiki" } };
    }

    private static int LimitOf(CallSeen call, int most, int usual)
    {
        var text = call.Find("limit");
        return text.Length == 0 ? usual
            : int.TryParse(text, CultureInfo.InvariantCulture, out var limit) && limit >= 1 && limit <= most ? limit
            : throw new RuleException("limit", "§1.2", $"limit={text} of {call.Path} is not within 1 and {most}");
    }

    private static string WithCursor(CallSeen call, string cursor) => string.Join('&', call.Query.Where(pair => pair.Key != "cursor")
        .SelectMany(pair => pair.Value.Select(value => $"{pair.Key}={Uri.EscapeDataString(value ?? "")}")).Append($"cursor={Uri.EscapeDataString(cursor)}"));
}
