using System.Text.Json.Nodes;

namespace CopilotBot.FakeConfluence;

internal sealed partial class DataCenterApi
{
    private Outcome Spaces(Arguments arguments)
    {
        var keys = arguments.Many("spaceKey");
        var status = arguments.OneOf("status", "", "", "current", "archived");
        var found = state.Spaces.Values.Where(seesSpace).Where(space => (keys.Count == 0 || keys.Contains(space.Key)) && (status.Length == 0 || space.Status == status)).OrderBy(space => space.Id, StringComparer.Ordinal);
        return Page(found, arguments, 25, V1Shapes.Space);
    }

    /// <summary>A flat list from 9.1 on, with keys of users and names of groups (CONFSERVER-100505 shows one); whoever is no administrator gets 500 (facts §1.6).</summary>
    private Outcome Permissions(SpaceState space)
    {
        if (!switches.IsAdministrator)
        {
            throw RuleException.Trouble(500, "Internal Server Error");
        }

        IEnumerable<JsonNode> rows = switches.HidesPermissions ? [] :
        [
            .. space.Users.Select(id => Row(new JsonObject { ["type"] = "user", ["userKey"] = id })),
            .. space.Groups.Select(id => Row(new JsonObject { ["type"] = "group", ["name"] = state.Groups.GetValueOrDefault(id)?.Name ?? id })),
            .. space.IsForLicensed ? [Row(new JsonObject { ["type"] = "group", ["name"] = switches.LicensedGroup })] : Array.Empty<JsonObject>(),
        ];
        return Outcome.Ok(new JsonArray([.. rows]));
    }

    private Outcome AnonymousPermissions(SpaceState space) => !switches.IsAdministrator
        ? throw RuleException.Trouble(500, "Internal Server Error")
        : Outcome.Ok(space.IsForAnonymous && !switches.HidesPermissions ? new JsonArray(Operation()) : new JsonArray());

    private Outcome Groups(Arguments arguments) => Page(state.Groups.Values.Append(new GroupState(switches.LicensedGroup, switches.LicensedGroup)).OrderBy(group => group.Name, StringComparer.Ordinal), arguments, 200, group => V1Shapes.Group(group, ConfluenceEdition.DataCenter));

    private Outcome Members(string name, Arguments arguments)
    {
        if (name == switches.LicensedGroup)
        {
            return Page(state.Users.Values.Where(user => user is { IsActive: true, Kind: UserKind.Person }).OrderBy(user => user.Id, StringComparer.Ordinal), arguments, 200, user => V1Shapes.User(user, ConfluenceEdition.DataCenter));
        }

        return state.Groups.Values.FirstOrDefault(group => group.Name == name) is { } found
            ? Page(state.MembersOf(found.Id).Order(StringComparer.Ordinal).Select(id => state.Users.GetValueOrDefault(id)).OfType<UserState>().Where(user => user.IsActive), arguments, 200, user => V1Shapes.User(user, ConfluenceEdition.DataCenter))
            : Outcome.NotFound;
    }

    private Outcome User(Arguments arguments)
    {
        var (key, name) = (arguments.One("key"), arguments.One("username"));
        var found = key is not null ? state.Users.GetValueOrDefault(key) : state.Users.Values.FirstOrDefault(user => user.Name == name);
        return found is null ? Outcome.NotFound : Outcome.Ok(V1Shapes.User(found, ConfluenceEdition.DataCenter));
    }

    private static JsonObject Row(JsonObject subject) => new JsonObject { ["operation"] = Operation(), ["subject"] = subject };

    private static JsonObject Operation() => new() { ["operationKey"] = "read", ["targetType"] = "space" };
}
