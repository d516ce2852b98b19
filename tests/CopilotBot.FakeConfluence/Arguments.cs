using System.Globalization;

namespace CopilotBot.FakeConfluence;

/// <summary>The query of a call; whoever reads it says first which names there are.</summary>
internal sealed class Arguments
{
    private readonly CallSeen _call;
    private readonly string _path;

    private readonly string _source;

    /// <param name="path">As the site itself has it: no gateway before it.</param>
    /// <param name="source">The document that names the parameters.</param>
    public Arguments(CallSeen call, string path, string source, params string[] known)
    {
        (_call, _path, _source) = (call, path, source);
        foreach (var name in call.Query.Keys.Where(name => !known.Contains(name)))
        {
            throw RuleException.Of("parameter", source, $"{call.Path} has no parameter {name}");
        }
    }

    public string? Cursor => _call.Parameter("cursor");

    /// <summary>What a cursor belongs to: all but itself and the limit.</summary>
    public string Query => $"{_path}?{string.Join('&', Pairs(pair => pair.Name is not ("cursor" or "limit" or "next")))}";

    public string? One(string name) => _call.Parameter(name);

    public bool Is(string name) => _call.Parameter(name) == "true";

    /// <summary>Repeated or with commas between them: Cloud takes both (facts §1.2).</summary>
    public IReadOnlyList<string> Many(string name, int most = int.MaxValue)
    {
        IReadOnlyList<string> values = _call.Query.TryGetValue(name, out var given) ? [.. given.SelectMany(value => value.Split(',', StringSplitOptions.RemoveEmptyEntries))] : [];
        return values.Count <= most ? values : throw RuleException.Of("id-list", "§1.2", $"{name} takes at most {most} values, not {values.Count}");
    }

    public string OneOf(string name, string fallback, params string[] values) => CheckedOf(One(name) ?? fallback, name, values);

    public IReadOnlyList<string> ManyOf(string name, IReadOnlyList<string> fallback, params string[] values) =>
        Many(name) is { Count: > 0 } given ? [.. given.Select(value => CheckedOf(value, name, values))] : fallback;

    /// <param name="cap">More is no error but not given, where the site caps in silence.</param>
    public int Limit(int fallback, int most, bool cap = false) =>
        Number("limit", fallback) is var limit && limit >= 1 && (limit <= most || cap) ? Math.Min(limit, most) : throw RuleException.Of("limit", "§1.2", $"limit is 1 to {most}, not {limit}");

    public int Start() => Number("start", 0) is >= 0 and var start ? start : throw RuleException.Of("start", _source, "start is not below 0");

    /// <summary>The same call from the cursor on.</summary>
    public string Next(string cursor) => $"{_path}?{string.Join('&', Pairs(pair => pair.Name is not ("cursor" or "next")).Append($"cursor={Uri.EscapeDataString(cursor)}"))}";

    public string NextStart(int start, int limit) => $"{_path}?{string.Join('&', Pairs(pair => pair.Name is not ("start" or "limit")).Append($"limit={limit}").Append($"start={start}"))}";

    private int Number(string name, int fallback) =>
        One(name) is not { } text ? fallback : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw RuleException.Of("number", _source, $"{name} is no number");

    private string CheckedOf(string value, string name, string[] values) =>
        values.Contains(value) ? value : throw RuleException.Of("value", _source, $"{name} is one of {string.Join(", ", values)}, not {value}");

    private IEnumerable<string> Pairs(Func<(string Name, string Value), bool> wanted) =>
        _call.Query.SelectMany(pair => pair.Value.Select(value => (Name: pair.Key, Value: value))).Where(wanted).Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value)}");
}
