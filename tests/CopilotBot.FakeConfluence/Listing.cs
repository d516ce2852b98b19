using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace CopilotBot.FakeConfluence;

/// <summary>
/// Pages of a listing. A cursor names the last entry by what it is sorted by, so that entries which come or go meanwhile move nothing else; it holds for the query
/// it was given with (facts §1.2). Offsets do move.
/// </summary>
internal static class Listing
{
    private const char Between = '\u001f';

    /// <summary>The first of what lies behind the cursor.</summary>
    /// <returns>The entries, and the cursor of the next page or null.</returns>
    public static (IReadOnlyList<T> Entries, string? Cursor) Page<T>(IEnumerable<T> all, Func<T, SortKey> key, bool isDescending, int limit, string? cursor, string query)
    {
        if (cursor is not null)
        {
            var last = Read(cursor, query);
            all = all.Where(one => key(one).CompareTo(last) * (isDescending ? -1 : 1) > 0);
        }

        var ordered = isDescending ? all.OrderByDescending(key) : all.OrderBy(key);
        var entries = ordered.Take(limit + 1).ToList();
        if (entries.Count <= limit)
        {
            return (entries, null);
        }

        entries.RemoveAt(limit);
        return (entries, Convert.ToBase64String(Encoding.UTF8.GetBytes($"{HashOf(query)}{Between}{key(entries[^1])}")));
    }

    /// <summary>Of an item, by the name that a parameter "sort" has for it.</summary>
    public static Func<ItemState, SortKey> KeyOf(string sort) => sort.TrimStart('-') switch
    {
        "created-date" => item => new(item.Created.UtcTicks, "", item.Number),
        "modified-date" => item => new(item.Modified.UtcTicks, "", item.Number),
        "title" => item => new(0, item.Title, item.Number),
        _ => item => new(0, "", item.Number),
    };

    public static JsonArray Array<T>(IEnumerable<T> entries, Func<T, JsonNode> shape) => new([.. entries.Select(shape)]);

    private static SortKey Read(string cursor, string query)
    {
        try
        {
            var text = Encoding.UTF8.GetString(Convert.FromBase64String(cursor));
            var at = text.IndexOf(Between, StringComparison.Ordinal);
            return at > 0 && text[..at] == HashOf(query) ? SortKey.Parse(text[(at + 1)..]) : throw RuleException.Of("cursor", "§1.2", "The cursor belongs to another query");
        }
        catch (FormatException)
        {
            throw RuleException.Of("cursor", "§1.2", "The cursor is none that was given out");
        }
    }

    private static string HashOf(string query) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(query)))[..8];
}
