namespace CopilotBot.FakeTeams;

/// <summary>Which call of facts §1.8 a request is.</summary>
/// <param name="IsPathKnown">Whether another method would have been a call: 405 instead of 404.</param>
/// <param name="IsEncoded">Whether every id in the path came percent-encoded.</param>
internal sealed record ConnectorRoute(ConnectorOperation Operation, IReadOnlyList<string> Parts, IReadOnlyDictionary<string, string> Query, bool IsPathKnown, bool IsEncoded)
{
    /// <summary>The real base address has a path too, and ends with a slash.</summary>
    public const string BasePath = "/teams/";

    private static readonly char[] Reserved = [':', '@', ';', '='];

    public static ConnectorRoute Resolve(string method, string target)
    {
        var (path, query) = target.Split('?', 2) is [var before, var after] ? (before, after) : (target, "");
        if (!path.StartsWith(BasePath, StringComparison.Ordinal))
        {
            return new(ConnectorOperation.None, [], Read(query), false, true);
        }

        var rest = path[BasePath.Length..];
        string[] parts = [.. rest.Split('/').Select(Uri.UnescapeDataString)];
        var calls = Calls(parts);
        return new(calls.GetValueOrDefault(method), parts, Read(query), calls.Count > 0, rest.IndexOfAny(Reserved) < 0);
    }

    private static Dictionary<string, ConnectorOperation> Calls(string[] parts) => parts switch
    {
        ["v3", "conversations"] => new() { ["POST"] = ConnectorOperation.CreateConversation },
        ["v3", "conversations", not "", "activities"] => new() { ["POST"] = ConnectorOperation.Send },
        ["v3", "conversations", not "", "activities", not ""] =>
            new() { ["POST"] = ConnectorOperation.Reply, ["PUT"] = ConnectorOperation.Update, ["DELETE"] = ConnectorOperation.Delete },
        ["v3", "conversations", not "", "members"] => new() { ["GET"] = ConnectorOperation.GetMembers },
        ["v3", "conversations", not "", "members", not ""] => new() { ["GET"] = ConnectorOperation.GetMember },
        ["v3", "conversations", not "", "pagedmembers"] => new() { ["GET"] = ConnectorOperation.GetPagedMembers },
        ["v3", "teams", not ""] => new() { ["GET"] = ConnectorOperation.GetTeam },
        ["v3", "teams", not "", "conversations"] => new() { ["GET"] = ConnectorOperation.GetTeamChannels },
        _ => [],
    };

    private static Dictionary<string, string> Read(string query) => query.Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .GroupBy(pair => pair[0])
        .ToDictionary(pairs => pairs.Key, pairs => Uri.UnescapeDataString(pairs.Last().ElementAtOrDefault(1) ?? ""));
}
