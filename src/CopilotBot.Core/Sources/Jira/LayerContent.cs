using CopilotBot.Knowledge;
using CopilotBot.Sources.Jira.Api;

namespace CopilotBot.Sources.Jira;

/// <summary>Which layers an issue names, and whom a layer lets in (facts/sources.md §2.5). Unknown kinds of holders let nobody in.</summary>
internal sealed class LayerContent(SourceName source)
{
    private const string Agents = "Service Desk Team";

    /// <summary>The kinds of these holders that depend on the issue.</summary>
    public static string KindsOf(IReadOnlyList<Holder> holders) => string.Join(',', holders.Select(DynamicKind).OfType<string>().Distinct().Order(StringComparer.Ordinal));

    public static async Task<JiraLayer> ProjectLayerAsync(JiraDirectory directory, JiraIssue issue, CancellationToken cancellationToken) =>
        new("project", issue.ProjectId, [], directory.FindProject(issue.ProjectId) is { } project ? DynamicOf(directory, await directory.GetBrowsersAsync(project, cancellationToken), issue) : []);

    public static async Task<JiraLayer> LevelLayerAsync(JiraDirectory directory, JiraIssue issue, CancellationToken cancellationToken) =>
        new("level", issue.ProjectId, [issue.Level], DynamicOf(directory, await directory.GetLevelMembersAsync(issue.Level, cancellationToken), issue));

    /// <param name="roles">Ids of the roles that alone may see the issue.</param>
    public static JiraLayer RestrictionLayer(JiraIssue issue, IReadOnlyList<string> roles) => new("restriction", issue.ProjectId, roles, []);

    /// <param name="visibility">Null for an internal note.</param>
    public static JiraLayer CommentLayer(JiraIssue issue, CommentVisibility? visibility) =>
        new("comment", issue.ProjectId, visibility is null ? ["internal"] : [visibility.Type, visibility.Identifier], []);

    public async Task<AccessLayer> TellAsync(JiraDirectory directory, JiraLayer layer, CancellationToken cancellationToken)
    {
        IReadOnlyList<Principal> principals = directory.FindProject(layer.Project) is not { Problem: null } project ? [] : (layer.Kind, layer.Rest) switch
        {
            ("project", []) => await HoldersAsync(directory, project, await directory.GetBrowsersAsync(project, cancellationToken), layer, cancellationToken),
            ("level", [var level]) => await HoldersAsync(directory, project, await directory.GetLevelMembersAsync(level, cancellationToken), layer, cancellationToken),
            ("restriction", var roles) => await ActorsAsync(directory, project, roles, cancellationToken),
            ("comment", ["internal"]) => await ActorsAsync(directory, project, Agents, cancellationToken),
            ("comment", ["role", var role]) => await ActorsAsync(directory, project, role, cancellationToken),
            ("comment", ["group", var group]) => [Principal.Group(source, group)],
            _ => [],
        };
        return new AccessLayer(layer.ToId(source), [.. principals.Distinct()]);
    }

    /// <summary>Null for holders that are the same for every issue. A custom field is named too, since a field may stop giving while others go on.</summary>
    private static string? DynamicKind(Holder holder) => holder.Type switch
    {
        "reporter" or "assignee" => holder.Type,
        "userCustomField" or "groupCustomField" => $"{holder.Type}.{holder.Parameter}",
        _ => null,
    };

    private static List<(string Holder, string Id)> DynamicOf(JiraDirectory directory, IReadOnlyList<Holder> holders, JiraIssue issue)
    {
        var found = new List<(string Holder, string Id)>();
        foreach (var holder in holders)
        {
            IReadOnlyList<string> ids = holder.Type switch
            {
                "reporter" => [issue.Reporter],
                "assignee" => [issue.Assignee],
                "userCustomField" or "groupCustomField" => issue.Holders.GetValueOrDefault(holder.Parameter, []),
                _ => [],
            };
            found.AddRange(ids.Where(id => id.Length > 0).Select(id => (DynamicKind(holder) ?? "", holder.Type == "groupCustomField" ? id : directory.AccountOf(id))));
        }

        return [.. found.Distinct().OrderBy(one => one.Holder, StringComparer.Ordinal).ThenBy(one => one.Id, StringComparer.Ordinal)];
    }

    private async Task<IReadOnlyList<Principal>> HoldersAsync(JiraDirectory directory, ProjectRef project, IReadOnlyList<Holder> holders, JiraLayer layer, CancellationToken cancellationToken)
    {
        var principals = new List<Principal>();
        foreach (var holder in holders)
        {
            principals.AddRange(holder.Type switch
            {
                "anyone" => [Principal.Anyone],
                "applicationRole" when holder.Parameter.Length == 0 => [Principal.LicensedAt(source)],
                "applicationRole" => (await directory.GetApplicationGroupsAsync(holder.Parameter, cancellationToken)).Select(group => Principal.Group(source, group)),
                "group" => [Principal.Group(source, holder.Parameter)],
                "user" => [Principal.User(source, directory.AccountOf(holder.Parameter))],
                "projectRole" => await ActorsAsync(directory, project, holder.Parameter, cancellationToken),
                "projectLead" when project.Lead.Length > 0 => [Principal.User(source, directory.AccountOf(project.Lead))],
                _ => [],
            });
        }

        // Only kinds that the holders still have.
        var kinds = holders.Select(DynamicKind).OfType<string>().ToHashSet(StringComparer.Ordinal);
        principals.AddRange(layer.Dynamic.Where(one => kinds.Contains(one.Holder)).Select(one => one.Holder.StartsWith("groupCustomField.", StringComparison.Ordinal) ? Principal.Group(source, one.Id) : Principal.User(source, one.Id)));
        return principals;
    }

    private async Task<IReadOnlyList<Principal>> ActorsAsync(JiraDirectory directory, ProjectRef project, IReadOnlyList<string> roles, CancellationToken cancellationToken)
    {
        var principals = new List<Principal>();
        foreach (var role in roles)
        {
            principals.AddRange(await ActorsAsync(directory, project, role, cancellationToken));
        }

        return principals;
    }

    private async Task<IReadOnlyList<Principal>> ActorsAsync(JiraDirectory directory, ProjectRef project, string role, CancellationToken cancellationToken)
    {
        var actors = await directory.GetActorsAsync(project, role, cancellationToken);
        return [.. actors.Accounts.Select(account => Principal.User(source, directory.AccountOf(account))), .. actors.Groups.Select(group => Principal.Group(source, group))];
    }
}
