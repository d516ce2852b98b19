using System.Text.Json.Nodes;

namespace CopilotBot.FakeConfluence;

/// <summary>A page or blog post as v1 and Data Center give it, with what "expand" names.</summary>
internal sealed class ContentShapes(ConfluenceState state, SiteSwitches switches, ConfluenceEdition edition)
{
    private readonly RestrictionShapes _restrictions = new(state, edition);

    public JsonObject Of(PageState page, IReadOnlyCollection<string> expand)
    {
        var space = state.Spaces[page.SpaceId];
        var shape = new JsonObject
        {
            ["id"] = page.Id,
            ["type"] = page.TypeName,
            ["status"] = page.Status,
            ["title"] = page.Title,
            ["_links"] = new JsonObject { ["webui"] = V2Shapes.WebPath(page, space.Key), ["self"] = $"/rest/api/content/{page.Id}" },
        };
        foreach (var (name, value) in Parts(page, space, expand))
        {
            shape[name] = value;
        }

        return shape;
    }

    private IEnumerable<(string Name, JsonNode Value)> Parts(PageState page, SpaceState space, IReadOnlyCollection<string> expand)
    {
        if (Wants("version"))
        {
            yield return ("version", V1Shapes.Version(page));
        }

        if (Wants("space"))
        {
            yield return ("space", V1Shapes.Space(space));
        }

        if (Wants("history"))
        {
            yield return ("history", new JsonObject { ["latest"] = true, ["createdDate"] = V2Shapes.Time(page.Created) });
        }

        if (Wants("ancestors"))
        {
            yield return ("ancestors", new JsonArray([.. state.AncestorsOf(page).Reverse().Select(one => Of(one, Below(expand, "ancestors")))]));
        }

        if (Wants("body.storage"))
        {
            yield return ("body", new JsonObject { ["storage"] = new JsonObject { ["value"] = BodyOf(page), ["representation"] = "storage" } });
        }

        if (expand.Any(word => word.StartsWith("restrictions.read", StringComparison.Ordinal)))
        {
            yield return ("restrictions", new JsonObject { ["read"] = _restrictions.Of(page.View, "read", Below(expand, "restrictions.read"), 0, switches.MostOfARestriction) });
        }

        if (Wants("metadata.labels"))
        {
            yield return ("metadata", new JsonObject { ["labels"] = V1Shapes.Array(page.Labels.Select(LabelOf), 0, 200, null) });
        }

        if (expand.Any(word => word.StartsWith("childTypes", StringComparison.Ordinal)))
        {
            yield return ("childTypes", new JsonObject { ["attachment"] = Has(page.Attachments.Count), ["comment"] = Has(page.Comments.Count), ["page"] = Has(0), ["_expandable"] = new JsonObject() });
        }

        if (edition == ConfluenceEdition.DataCenter && (Wants("children.attachment") || Wants("children.comment")))
        {
            yield return ("children", Children(page));
        }

        bool Wants(string part) => expand.Any(word => word == part || word.StartsWith(part + ".", StringComparison.Ordinal));
    }

    private static JsonObject Children(PageState page) => new()
    {
        ["attachment"] = V1Shapes.Array(page.Attachments.Take(25).Select(file => ChildShapes.Attachment(file, [])), 0, 25, null),
        ["comment"] = V1Shapes.Array(page.Comments.Take(25).Select(comment => ChildShapes.Comment(comment, [])), 0, 25, null),
    };

    private string BodyOf(PageState page) => switches.Poisoned.Contains(page.Id) ? throw RuleException.Trouble(500, "Internal Server Error") : page.Body;

    private static JsonObject Has(int count) => new() { ["value"] = count > 0, ["_links"] = new JsonObject() };

    private static JsonNode LabelOf(string label) => new JsonObject { ["prefix"] = "global", ["name"] = label, ["id"] = label, ["label"] = label };

    private static IReadOnlyCollection<string> Below(IReadOnlyCollection<string> expand, string part) =>
        [.. expand.Where(word => word.StartsWith(part + ".", StringComparison.Ordinal)).Select(word => word[(part.Length + 1)..])];
}
