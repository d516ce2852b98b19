using System.Text.Json.Nodes;

namespace CopilotBot.FakeJiraReading;

/// <summary>The calls that both editions have below their own root (facts §2.4, §2.5).</summary>
internal sealed class SharedApi(JiraReadingSite site, JiraState state, PeopleShapes people, IssueShapes issues)
{
    private bool IsCloud => site.Edition == JiraEdition.Cloud;

    public Outcome? Answer(CallSeen call, string[] parts) => parts switch
    {
        ["serverInfo"] => Server(call),
        ["myself"] => Myself(call),
        ["issue", var issue, "comment"] => Comments(call, issue),
        ["project", var project, "permissionscheme"] => Scheme(call, project),
        ["permissionscheme", var scheme, "permission"] => Permissions(call, scheme),
        ["project", var project, "role"] => Roles(call, project),
        ["project", var project, "role", var role] => Role(call, project, role),
        ["issuesecurityschemes", "level", "member"] => LevelMembers(call),
        ["applicationrole", var role] => Application(call, role),
        ["group", "member"] => Members(call),
        _ => null,
    };

    /// <summary>A customer's view of a request; an issue of another kind of project is none (facts §2.4).</summary>
    public Outcome RequestComments(CallSeen call, string id)
    {
        var arguments = new Arguments(call, "public", "internal", "expand", "start", "limit");
        var (start, limit) = (arguments.Number("start", 0), Math.Min(Math.Min(50, site.LongestPage), arguments.Number("limit", 50, 1)));
        if (state.FindIssue(id) is not { Project.Type: "service_desk" } issue)
        {
            return Outcome.NotFound;
        }

        var shown = issue.Comments.Where(comment => comment.IsPublic ? arguments.OneOf("public", "true", "true", "false") == "true" : arguments.OneOf("internal", "true", "true", "false") == "true").ToList();
        var page = shown.Skip(start).Take(limit).ToList();
        return Outcome.Ok(new JsonObject { ["start"] = start, ["limit"] = limit, ["size"] = page.Count, ["isLastPage"] = start + page.Count >= shown.Count, ["values"] = Listing.ArrayOf(page, issues.RequestComment) });
    }

    public Outcome Bytes(string id) => state.Issues.Values.SelectMany(issue => issue.Files).FirstOrDefault(file => file.Id == id) is { } found ? new Outcome(200, Bytes: found.Bytes) : Outcome.NotFound;

    private Outcome Server(CallSeen call)
    {
        _ = new Arguments(call);
        return Outcome.Ok(new JsonObject { ["baseUrl"] = site.Address, ["version"] = IsCloud ? "1001.0.0-SNAPSHOT" : "10.3.0", ["deploymentType"] = IsCloud ? "Cloud" : "Server" });
    }

    private Outcome Myself(CallSeen call)
    {
        _ = new Arguments(call, "expand");
        var crawler = new JsonObject { ["displayName"] = "Copilot", ["active"] = true, ["timeZone"] = "Etc/UTC" };
        (crawler[IsCloud ? "accountId" : "key"], crawler["emailAddress"]) = ("crawler", site.Email);
        return Outcome.Ok(crawler);
    }

    private Outcome Comments(CallSeen call, string id)
    {
        var arguments = new Arguments(call, "startAt", "maxResults", "orderBy", "expand");
        arguments.OneOf("orderBy", "created", "created", "-created", "+created");
        return state.FindIssue(id) is { } issue ? Outcome.Ok(Listing.Page(arguments, issue.Comments, issues.Comment, 100, Math.Min(100, site.LongestPage), "comments")) : Outcome.NotFound;
    }

    private Outcome Scheme(CallSeen call, string id)
    {
        var arguments = new Arguments(call, "expand");
        if (!state.Projects.TryGetValue(id, out var project))
        {
            return Outcome.NotFound;
        }

        var scheme = new JsonObject { ["id"] = long.Parse(project.Id, System.Globalization.CultureInfo.InvariantCulture), ["name"] = $"Scheme of {project.Key}" };
        if (arguments.One("expand") is "all" or "permissions" && !site.HasBareSchemes)
        {
            scheme["permissions"] = Listing.ArrayOf(project.Browsers, Grant);
        }

        return Outcome.Ok(scheme);
    }

    private Outcome Permissions(CallSeen call, string scheme)
    {
        _ = new Arguments(call, "expand");
        return state.Projects.TryGetValue(scheme, out var project) ? Outcome.Ok(new JsonObject { ["permissions"] = Listing.ArrayOf(project.Browsers, Grant) }) : Outcome.NotFound;
    }

    private JsonNode Grant(JiraHolder holder) => new JsonObject { ["permission"] = "BROWSE_PROJECTS", ["holder"] = people.Holder(holder) };

    private Outcome Roles(CallSeen call, string project)
    {
        _ = new Arguments(call);
        return state.Projects.ContainsKey(project)
            ? Outcome.Ok(new JsonObject(state.Roles.Select(role => KeyValuePair.Create(role.Value, (JsonNode?)people.RoleAddress(project, role.Key, new Uri(site.Address))))))
            : Outcome.NotFound;
    }

    private Outcome Role(CallSeen call, string project, string role)
    {
        _ = new Arguments(call, "excludeInactiveUsers");
        return state.Projects.ContainsKey(project) && state.Roles.ContainsKey(role) ? Outcome.Ok(people.Role(project, role, new Uri(site.Address))) : Outcome.NotFound;
    }

    private Outcome LevelMembers(CallSeen call)
    {
        var arguments = new Arguments(call, "startAt", "maxResults", "id", "schemeId", "levelId", "expand");
        var level = arguments.Needed("levelId");
        return state.Levels.TryGetValue(level, out var members)
            ? Outcome.Ok(Listing.Page(arguments, members, member => new JsonObject { ["id"] = $"{level}{members.IndexOf(member)}", ["issueSecurityLevelId"] = level, ["issueSecuritySchemeId"] = "500", ["holder"] = people.Holder(member) }, 50, Math.Min(50, site.LongestPage)))
            : Outcome.NotFound;
    }

    private Outcome Application(CallSeen call, string role)
    {
        _ = new Arguments(call);
        if (!state.Applications.TryGetValue(role, out var groups))
        {
            return Outcome.NotFound;
        }

        var shape = new JsonObject { ["key"] = role, ["groups"] = Listing.ArrayOf(groups, group => state.Groups[group].Name) };
        if (IsCloud)
        {
            shape["groupDetails"] = Listing.ArrayOf(groups, people.Group);
        }

        return Outcome.Ok(shape);
    }

    private Outcome Members(CallSeen call)
    {
        var arguments = new Arguments(call, IsCloud ? "groupId" : "groupname", "includeInactiveUsers", "startAt", "maxResults");
        var group = arguments.Needed(IsCloud ? "groupId" : "groupname");
        if (arguments.Number("maxResults", 50) > 50)
        {
            throw RuleException.Of("page-size", "§2.5", "Members of a group come 50 a page at the most");
        }

        return state.Groups.ContainsKey(group)
            ? Outcome.Ok(Listing.Page(arguments, [.. state.MembersOf(group).Where(user => state.Users[user].IsActive || arguments.One("includeInactiveUsers") == "true")], people.User, 50, Math.Min(50, site.LongestPage)))
            : Outcome.NotFound;
    }
}
