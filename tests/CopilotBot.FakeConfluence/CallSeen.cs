using Microsoft.AspNetCore.Http;

namespace CopilotBot.FakeConfluence;

/// <summary>One call that reached the site.</summary>
/// <param name="Path">Without query and without the prefix of the gateway.</param>
public sealed record CallSeen(string Method, string Path, IQueryCollection Query, string Body, bool IsOnGateway)
{
    /// <summary>Null while it is answered, 0 where the connection was dropped.</summary>
    public int? Status { get; internal set; }

    /// <summary>What was answered.</summary>
    public string Answer { get; internal set; } = "";

    internal string[] Parts { get; } = [.. Path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)];

    public string Find(string name) => Query.TryGetValue(name, out var values) ? values[^1] ?? "" : "";

    public override string ToString() => $"{Method} {Path} {Status}";
}
