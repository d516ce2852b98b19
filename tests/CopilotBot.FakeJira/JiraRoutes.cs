namespace CopilotBot.FakeJira;

/// <summary>Paths of jira-cloud-api.json; Data Center has most of them below /rest/api/2 (facts §2.8).</summary>
internal static class JiraRoutes
{
    public static (JiraCall Call, IReadOnlyList<string> Parts) Resolve(string method, string path, JiraEdition edition)
    {
        var isCloud = edition == JiraEdition.Cloud;
        var root = isCloud ? "/rest/api/3/" : "/rest/api/2/";
        if (!path.StartsWith(root, StringComparison.Ordinal))
        {
            return (JiraCall.Unknown, []);
        }

        string[] parts = [.. path[root.Length..].Split('/').Select(Uri.UnescapeDataString)];
        JiraCall call = (method, parts) switch
        {
            ("GET", ["project", not ""]) => JiraCall.GetProject,
            ("GET", ["issue", "createmeta", not "", "issuetypes"]) => JiraCall.GetTypes,
            ("GET", ["issue", "createmeta", not "", "issuetypes", not ""]) => JiraCall.GetFields,
            ("POST", ["issue"]) => JiraCall.Create,
            ("GET", ["issue", not ""]) => JiraCall.GetIssue,
            ("GET", ["issue", not "", "properties", not ""]) => JiraCall.GetProperty,
            ("GET", ["issue", not "", "comment"]) => JiraCall.GetComments,
            ("POST", ["issue", not "", "comment"]) => JiraCall.AddComment,
            ("GET", ["issue", not "", "transitions"]) => JiraCall.GetTransitions,
            ("POST", ["issue", not "", "transitions"]) => JiraCall.Transition,
            ("GET", ["user", "assignable", "search"]) => JiraCall.FindAssignable,
            ("POST", ["search", "jql"]) when isCloud => JiraCall.Search,
            ("POST", ["comment", "list"]) when isCloud => JiraCall.ListComments,
            ("GET", ["search"]) when !isCloud => JiraCall.Search,
            _ => JiraCall.Unknown,
        };
        return (call, parts);
    }
}
