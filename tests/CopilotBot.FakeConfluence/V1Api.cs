using System.Text.Json;
using System.Text.Json.Nodes;

namespace CopilotBot.FakeConfluence;

/// <summary>What v2 of Cloud does not have (facts §1.1), below /wiki/rest/api.</summary>
internal sealed class V1Api(ConfluenceState state, SiteSwitches switches, Evaluator evaluator, SearchIndex index, ContentShapes shapes, Func<PageState, bool> sees, MediaHost media, Func<string> address)
{
    private const string Source = "confluence-cloud-api-v1.json";

    private readonly RestrictionShapes _restrictions = new(state, ConfluenceEdition.Cloud);

    public Outcome? Answer(CallSeen call, string path, string[] parts) => parts switch
    {
        ["content", "search"] => Search(new(call, path, Source, "cql", "cqlcontext", "expand", "cursor", "limit", "next")),
        ["content", var id, "restriction", "byOperation", "read" or "update"] => Restrictions(id, parts[4], new(call, path, Source, "expand", "start", "limit")),
        ["content", var id, "permission", "check"] when call.Method == "POST" => Check(id, call),
        ["content", var id, "child", "attachment", var file, "download"] => Download(id, file),
        _ => null,
    };

    private Outcome Search(Arguments arguments)
    {
        var text = arguments.One("cql") ?? throw RuleException.Of("cql", Source, "The search needs cql");
        var expand = arguments.Many("expand");
        var cql = index.Parse(text);
        var most = Math.Min(expand.Any(word => word is "body.export_view" or "body.styled_view") ? 25 : 250, switches.LongestPage); // §1.3
        var (entries, cursor) = Listing.Page<PageState>(index.Find(cql).Where(sees), Listing.KeyOf(cql.Sort), cql.Sort.StartsWith('-'), arguments.Limit(25, most, cap: true), arguments.Cursor, arguments.Query);
        if (expand.Any(word => word.StartsWith("ancestors.restrictions", StringComparison.Ordinal)) && entries.SelectMany(state.AncestorsOf).Any(one => one.Status != "current" || !sees(one)))
        {
            throw RuleException.Of("ancestor-batch", "§1.3", "An ancestor cannot be read, so the whole batch is not found", 404);
        }

        var next = cursor is null ? null : arguments.Next(cursor)["/wiki".Length..];
        return Outcome.Ok(V1Shapes.Array(entries.Select(page => shapes.Of(page, expand)), 0, arguments.Limit(25, most, cap: true), next, $"{address()}/wiki"));
    }

    /// <summary>A hundred users and a hundred groups of each page (facts §1.6).</summary>
    private Outcome Restrictions(string id, string operation, Arguments arguments)
    {
        if (!state.Pages.TryGetValue(id, out var page) || !sees(page))
        {
            return Outcome.NotFound;
        }

        var shape = _restrictions.Of(operation == "read" ? page.View : page.Edit, operation, [.. arguments.Many("expand")], arguments.Start(), arguments.Limit(100, 100, cap: true));
        return Outcome.Ok(shape);
    }

    private Outcome Check(string id, CallSeen call)
    {
        JsonNode? body;
        try
        {
            body = JsonNode.Parse(call.Body);
        }
        catch (JsonException)
        {
            body = null;
        }

        var (type, who, operation) = (Text(body?["subject"]?["type"]), Text(body?["subject"]?["identifier"]), Text(body?["operation"]));
        if (type is not ("user" or "group") || who is null || operation is not ("read" or "update" or "delete"))
        {
            throw RuleException.Of("permission-check", Source, "The check needs a subject with type and identifier, and an operation");
        }

        return !state.Pages.ContainsKey(id) && !state.Comments.ContainsKey(id) && !state.Attachments.ContainsKey(id)
            ? Outcome.NotFound
            : Outcome.Ok(new JsonObject { ["hasPermission"] = type == "user" && operation == "read" && evaluator.CanView(who, id), ["errors"] = new JsonArray(), ["_links"] = new JsonObject() });
    }

    /// <summary>On another host, with an address that needs no name and takes none (facts §1.10).</summary>
    private Outcome Download(string id, string file) =>
        state.Attachments.TryGetValue(file, out var found) && found.Page.Id == id && sees(found.Page) ? new Outcome(302, Redirect: media.AddressOf(found)) : Outcome.NotFound;

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
