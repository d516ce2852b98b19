using System.Text.Json.Nodes;

namespace CopilotBot.FakeJira;

/// <summary>One call that reached the site.</summary>
public sealed class CallSeen
{
    internal CallSeen(string method, string path, IReadOnlyDictionary<string, string> query, string body, JiraEdition edition, DateTimeOffset at)
    {
        (Method, Path, Query, Body, At) = (method, path, query, body, at);
        (Call, Parts) = JiraRoutes.Resolve(method, path, edition);
    }

    public string Method { get; }

    /// <summary>Without the query.</summary>
    public string Path { get; }

    public IReadOnlyDictionary<string, string> Query { get; }

    public string Body { get; }

    public DateTimeOffset At { get; }

    public JiraCall Call { get; }

    /// <summary>Null while it is being answered, 0 where the connection was dropped instead.</summary>
    public int? Status { get; internal set; }

    /// <summary>What was answered, or would have been.</summary>
    public JsonNode? Answer { get; internal set; }

    /// <summary>Of the path below the root of the REST API, unescaped.</summary>
    internal IReadOnlyList<string> Parts { get; }

    public override string ToString() => $"{Method} {Path} {Status}";
}
