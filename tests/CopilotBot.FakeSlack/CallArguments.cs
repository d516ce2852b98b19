using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace CopilotBot.FakeSlack;

/// <summary>Arguments of a call, whether they came as a form (objects as JSON in their fields) or as JSON (facts §2).</summary>
internal sealed class CallArguments
{
    private readonly Dictionary<string, JsonElement> _values = [];

    public CallArguments(string body, string? contentType)
    {
        var parts = (contentType ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        MediaType = parts.FirstOrDefault()?.ToLowerInvariant() ?? "";
        IsUtf8 = parts.Skip(1).Any(part => part.Replace("\"", "", StringComparison.Ordinal).Equals("charset=utf-8", StringComparison.OrdinalIgnoreCase));
        if (IsJson)
        {
            var json = JsonReading.Parse(body.Length == 0 ? "{}" : body);
            IsBroken = json is not { ValueKind: JsonValueKind.Object };
            foreach (var property in IsBroken ? [] : json!.Value.EnumerateObject().Where(property => property.Value.ValueKind != JsonValueKind.Null)) // an object by the line above
            {
                _values[property.Name] = property.Value;
            }
        }
        else if (IsForm)
        {
            foreach (var (name, values) in QueryHelpers.ParseQuery(body))
            {
                _values[name] = JsonSerializer.SerializeToElement(values.ToString());
            }
        }
    }

    public string MediaType { get; }

    public bool IsUtf8 { get; }

    public bool IsJson => MediaType == "application/json";

    public bool IsForm => MediaType == "application/x-www-form-urlencoded";

    /// <summary>A JSON body that is no object.</summary>
    public bool IsBroken { get; }

    public IEnumerable<string> Names => _values.Keys;

    public bool Has(string name) => _values.ContainsKey(name);

    public string? Text(string name) => _values.TryGetValue(name, out var value) ? value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText() : null;

    /// <summary>An empty text is as good as none.</summary>
    public string? Filled(string name) => Text(name) is { Length: > 0 } text ? text : null;

    public bool? Flag(string name) => Text(name) switch
    {
        "true" or "1" => true,
        "false" or "0" => false,
        _ => null,
    };

    public int? Number(string name) => int.TryParse(Text(name), out var number) ? number : null;

    /// <summary>Of kind Undefined for what should be JSON and is not; null where it is absent.</summary>
    public JsonElement? Json(string name)
    {
        if (!_values.TryGetValue(name, out var value))
        {
            return null;
        }

        return value.ValueKind != JsonValueKind.String ? value : value.GetString() is { Length: > 0 } text ? JsonReading.Parse(text) ?? default : null;
    }

    /// <summary>Forgets all, as Slack does with JSON where a method takes none.</summary>
    public void Drop() => _values.Clear();
}
