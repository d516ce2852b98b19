using System.Globalization;
using System.Text.Json;

namespace CopilotBot.Sources;

/// <summary>Tolerant reading of payloads: a missing or oddly typed member is empty, never an exception.</summary>
internal static class JsonReading
{
    public static JsonElement Get(this JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return default;
            }
        }

        return element;
    }

    public static string Text(this JsonElement element, params ReadOnlySpan<string> path)
    {
        var value = element.Get(path);
        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString() ?? "",
            JsonValueKind.Number => value.GetRawText(),
            _ => "",
        };
    }

    public static IEnumerable<JsonElement> Items(this JsonElement element, params ReadOnlySpan<string> path)
    {
        var value = element.Get(path);
        return value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : Enumerable.Empty<JsonElement>();
    }

    /// <summary>UTC; the Unix epoch when there is no readable time. Jira writes offsets without a colon.</summary>
    public static DateTimeOffset Time(this JsonElement element, params ReadOnlySpan<string> path)
    {
        var text = element.Text(path);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            || DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out time)
            ? time.ToUniversalTime() : DateTimeOffset.UnixEpoch;
    }
}
