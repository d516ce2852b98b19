using System.Text.Json.Nodes;

namespace CopilotBot.FakeJiraReading;

/// <summary>One call that reached the site.</summary>
public sealed class CallSeen
{
    internal CallSeen(string method, string path, IReadOnlyDictionary<string, IReadOnlyList<string>> query, string body, DateTimeOffset at) =>
        (Method, Path, Query, Body, At) = (method, path, query, body, at);

    public string Method { get; }

    /// <summary>Without the query.</summary>
    public string Path { get; }

    /// <summary>Every value of a parameter, in the order given.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Query { get; }

    public string Body { get; }

    public DateTimeOffset At { get; }

    /// <summary>Null while it is being answered, 0 where the connection was dropped instead.</summary>
    public int? Status { get; internal set; }

    /// <summary>What was answered, or would have been; null for downloads and, to save memory, for calls answered 200 unless the site keeps them.</summary>
    public JsonNode? Answer { get; internal set; }

    /// <summary>The first value, or null.</summary>
    public string? Parameter(string name) => Query.TryGetValue(name, out var values) ? values[0] : null;

    public override string ToString() => $"{Method} {Path} {Status}";
}
