using System.Text.Json.Nodes;

namespace CopilotBot.FakeConfluence;

/// <summary>Bodies of confluence-cloud-api-v1.json, which Data Center has too except for people.</summary>
internal static class V1Shapes
{
    public static JsonObject User(UserState user, ConfluenceEdition edition) => edition == ConfluenceEdition.Cloud
        ? new JsonObject
        {
            ["type"] = "known",
            ["accountId"] = user.Id,
            ["accountType"] = user.Kind switch { UserKind.App => "app", UserKind.Customer => "customer", _ => "atlassian" },
            ["email"] = user.Email ?? "",
            ["publicName"] = user.Name,
            ["displayName"] = user.Name,
            ["profilePicture"] = Picture(),
            ["isExternalCollaborator"] = user.Kind == UserKind.Guest,
            ["isGuest"] = user.Kind == UserKind.Guest,
            ["_expandable"] = Expandable("operations", "details", "personalSpace"),
            ["_links"] = new JsonObject(),
        }
        : new JsonObject { ["type"] = "known", ["username"] = user.Name, ["userKey"] = user.Id, ["displayName"] = user.Name, ["status"] = user.IsActive ? "current" : "deactivated" };

    /// <summary>Somebody who is no longer there.</summary>
    public static JsonObject UnknownUser(string id) => new()
    {
        ["type"] = "unknown",
        ["accountId"] = id,
        ["accountType"] = "",
        ["email"] = "",
        ["publicName"] = "Unknown",
        ["displayName"] = "Unknown",
        ["profilePicture"] = Picture(),
        ["isExternalCollaborator"] = false,
        ["isGuest"] = false,
        ["_expandable"] = Expandable("operations", "details", "personalSpace"),
        ["_links"] = new JsonObject(),
    };

    public static JsonObject Group(GroupState group, ConfluenceEdition edition) => edition == ConfluenceEdition.Cloud
        ? new JsonObject { ["type"] = "group", ["name"] = group.Name, ["id"] = group.Id, ["_links"] = new JsonObject() }
        : new JsonObject { ["type"] = "group", ["name"] = group.Name, ["_links"] = new JsonObject() };

    public static JsonObject Array(IEnumerable<JsonNode> entries, int start, int limit, string? next, string? address = null)
    {
        var results = new JsonArray([.. entries]);
        var (size, links) = (results.Count, new JsonObject());
        if (next is not null)
        {
            links["next"] = next;
        }

        if (address is not null)
        {
            (links["base"], links["context"]) = (address, "/wiki");
        }

        return new JsonObject { ["results"] = results, ["start"] = start, ["limit"] = limit, ["size"] = size, ["_links"] = links };
    }

    public static JsonObject Version(ItemState item) => new() { ["when"] = V2Shapes.Time(item.Modified), ["number"] = item.Version, ["minorEdit"] = false, ["message"] = "" };

    public static JsonObject Space(SpaceState space) => new()
    {
        ["id"] = ConfluenceState.Number(space.Id),
        ["key"] = space.Key,
        ["name"] = space.Name,
        ["type"] = "global",
        ["status"] = space.Status,
        ["_expandable"] = new JsonObject(),
        ["_links"] = new JsonObject { ["webui"] = $"/spaces/{space.Key}" },
    };

    public static JsonObject Expandable(params string[] names) => new([.. names.Select(name => KeyValuePair.Create(name, (JsonNode?)""))]);

    private static JsonObject Picture() => new() { ["path"] = "/wiki/aa-avatar/none", ["width"] = 48, ["height"] = 48, ["isDefault"] = true };
}
