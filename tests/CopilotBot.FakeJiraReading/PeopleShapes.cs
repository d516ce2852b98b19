using System.Text.Json.Nodes;

namespace CopilotBot.FakeJiraReading;

/// <summary>People, groups and holders as each edition writes them (facts §2.5, §2.8).</summary>
internal sealed class PeopleShapes(JiraState state, JiraEdition edition)
{
    private bool IsCloud => edition == JiraEdition.Cloud;

    public JsonObject User(string id)
    {
        var user = state.Users[id];
        var shape = new JsonObject { ["displayName"] = user.Name, ["active"] = user.IsActive };
        if (IsCloud)
        {
            (shape["accountId"], shape["accountType"]) = (user.Id, user.Type);
        }
        else
        {
            (shape["key"], shape["name"]) = (user.Id, user.LoginName);
        }

        if (user.Email is not null)
        {
            shape["emailAddress"] = user.Email;
        }

        return shape;
    }

    public JsonNode? UserOrNone(string? id) => id is null ? null : User(id);

    public JsonObject Group(string id) => IsCloud ? new JsonObject { ["name"] = state.Groups[id].Name, ["groupId"] = id } : new JsonObject { ["name"] = id };

    public JsonObject Holder(JiraHolder holder)
    {
        var shape = new JsonObject { ["type"] = holder.Type };
        if (holder.Parameter.Length > 0)
        {
            // A group's name may change: Cloud tells its id as the value.
            shape["parameter"] = holder.Type == "group" ? state.Groups[holder.Parameter].Name : holder.Parameter;
            if (IsCloud)
            {
                shape["value"] = holder.Parameter;
            }
        }

        return shape;
    }

    public JsonObject Role(string project, string role, Uri site)
    {
        var (users, groups) = state.Projects[project].Actors.TryGetValue(role, out var actors) ? actors : ([], []);
        return new JsonObject
        {
            ["self"] = RoleAddress(project, role, site),
            ["name"] = state.Roles[role],
            ["id"] = long.Parse(role, System.Globalization.CultureInfo.InvariantCulture),
            ["actors"] = new JsonArray([.. users.Where(user => state.Users.ContainsKey(user)).Select(UserActor), .. groups.Select(GroupActor)]),
        };
    }

    public string RoleAddress(string project, string role, Uri site) => new Uri(site, $"/rest/api/{(IsCloud ? 3 : 2)}/project/{project}/role/{role}").ToString();

    private JsonNode UserActor(string user)
    {
        var actor = new JsonObject { ["displayName"] = state.Users[user].Name, ["type"] = "atlassian-user-role-actor" };
        if (IsCloud)
        {
            actor["actorUser"] = new JsonObject { ["accountId"] = user };
        }
        else
        {
            actor["name"] = state.Users[user].LoginName;
        }

        return actor;
    }

    private JsonNode GroupActor(string group)
    {
        var actor = new JsonObject { ["displayName"] = state.Groups[group].Name, ["type"] = "atlassian-group-role-actor", ["name"] = state.Groups[group].Name };
        if (IsCloud)
        {
            actor["actorGroup"] = Group(group);
        }

        return actor;
    }
}
