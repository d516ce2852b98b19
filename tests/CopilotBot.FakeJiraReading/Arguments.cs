using System.Globalization;
using System.Text.Json.Nodes;

namespace CopilotBot.FakeJiraReading;

/// <summary>The query of a call; whoever reads it says first which names there are.</summary>
internal sealed class Arguments
{
    private readonly CallSeen _call;

    public Arguments(CallSeen call, params string[] known)
    {
        _call = call;
        foreach (var name in call.Query.Keys.Where(name => !known.Contains(name)))
        {
            throw RuleException.Of("parameter", call.Path, $"{call.Path} has no parameter {name}");
        }
    }

    public string? One(string name) => _call.Parameter(name);

    public string Needed(string name) => One(name) ?? throw RuleException.Of("parameter", _call.Path, $"{_call.Path} needs the parameter {name}");

    public IReadOnlyList<string> Many(string name) => _call.Query.GetValueOrDefault(name, []);

    public string OneOf(string name, string fallback, params string[] values) =>
        One(name) is not { } value ? fallback : values.Contains(value) ? value : throw RuleException.Of("value", _call.Path, $"{name} is one of {string.Join(", ", values)}, not {value}");

    public int Number(string name, int fallback, int least = 0) =>
        One(name) is not { } text ? fallback
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least ? number : throw RuleException.Of("number", _call.Path, $"{name} is no number from {least} on");

    /// <summary>The body of a call, which is an object of these members.</summary>
    public static JsonObject Body(CallSeen call, params string[] known)
    {
        var body = JsonNode.Parse(call.Body) as JsonObject ?? throw RuleException.Of("body", call.Path, $"{call.Path} takes an object");
        return body.Select(member => member.Key).FirstOrDefault(name => !known.Contains(name)) is { } unknown ? throw RuleException.Of("member", call.Path, $"{call.Path} has no member {unknown}") : body;
    }
}
