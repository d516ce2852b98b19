using System.Text.Json.Nodes;

namespace CopilotBot.FakeConfluence;

/// <summary>Restrictions as v1 gives them: only what is set on the content itself (facts §1.6).</summary>
internal sealed class RestrictionShapes(ConfluenceState state, ConfluenceEdition edition)
{
    /// <param name="wanted">Words of the parameter "expand".</param>
    public JsonObject Of(Restriction? restriction, string operation, IReadOnlyCollection<string> wanted, int start, int limit)
    {
        var shape = new JsonObject { ["operation"] = operation };
        if (wanted.Any(word => word.StartsWith("restrictions", StringComparison.Ordinal)))
        {
            var lists = new JsonObject();
            var missing = new List<string>();
            Add(lists, missing, "user", wanted, restriction?.Users ?? [], ShapeOfUser, start, limit);
            Add(lists, missing, "group", wanted, restriction?.Groups ?? [], ShapeOfGroup, start, limit);
            lists["_expandable"] = V1Shapes.Expandable([.. missing]);
            shape["restrictions"] = lists;
        }

        (shape["_expandable"], shape["_links"]) = (V1Shapes.Expandable("content"), new JsonObject());
        return shape;
    }

    private static void Add(JsonObject lists, List<string> missing, string kind, IReadOnlyCollection<string> wanted, IReadOnlyList<string> all, Func<string, JsonNode> shape, int start, int limit)
    {
        if (!wanted.Contains($"restrictions.{kind}"))
        {
            missing.Add(kind);
            return;
        }

        var list = V1Shapes.Array(all.Skip(start).Take(limit).Select(shape), start, limit, null);
        list.Remove("_links"); // the document has none here: only the size says that more may follow
        lists[kind] = list;
    }

    private JsonNode ShapeOfUser(string id) => state.Users.TryGetValue(id, out var user) ? V1Shapes.User(user, edition) : V1Shapes.UnknownUser(id);

    private JsonNode ShapeOfGroup(string id) => V1Shapes.Group(state.Groups.GetValueOrDefault(id) ?? new GroupState(id, id), edition);
}
