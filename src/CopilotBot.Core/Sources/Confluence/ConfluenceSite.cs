using System.Text.Json;
using CopilotBot.Knowledge;

namespace CopilotBot.Sources.Confluence;

/// <summary>
/// Pages with their readers, from payloads of the REST API (pages v2, restrictions v1, space permissions v2). A reader must pass the space, every restricted
/// ancestor and the page's own restriction; an empty restriction adds no layer; an unknown principal type lets nobody in.
/// </summary>
internal sealed class ConfluenceSite(SourceName source, string baseUrl, Func<string, string?> userName)
{
    private readonly Dictionary<string, JsonElement> _pages = new(StringComparer.Ordinal);

    private readonly Dictionary<LayerId, AccessLayer> _layers = [];

    public IEnumerable<AccessLayer> Layers => _layers.Values;

    public IReadOnlyDictionary<string, JsonElement> Pages => _pages;

    public void AddSpace(JsonElement space)
    {
        var layer = new LayerId($"{source}:space:{space.Text("id")}");
        _layers[layer] = new AccessLayer(layer,
        [
            .. space.Items("permissions")
                .Where(permission => permission.Text("operation", "key") == "read" && permission.Text("operation", "targetType") == "space")
                .Select(permission => PrincipalOf(permission.Text("principal", "type"), permission.Text("principal", "id"))).OfType<Principal>(),
        ]);
    }

    public void AddPage(JsonElement page)
    {
        var id = page.Text("id");
        _pages[id] = page;
        var restrictions = page.Get("restrictions", "read", "restrictions");
        List<Principal> readers =
        [
            .. restrictions.Items("user", "results").Select(user => Principal.User(source, user.Text("accountId"))),
            .. restrictions.Items("group", "results").Select(group => Principal.Group(source, group.Text("id"))),
        ];
        if (readers.Count > 0)
        {
            var layer = new LayerId($"{source}:page:{id}");
            _layers[layer] = new AccessLayer(layer, readers);
        }
    }

    /// <summary>The page with its body as a document.</summary>
    public Document ToDocument(string id, string storage)
    {
        var page = _pages[id];
        var webUi = page.Text("_links", "webui");
        return new Document
        {
            Id = DocumentId.Create(source, "page", id),
            Kind = DocumentKind.Page,
            Title = page.Text("title"),
            Body = StorageFormatConverter.Convert(storage, userName),
            Url = baseUrl.Length > 0 && webUi.Length > 0 ? baseUrl.TrimEnd('/') + webUi : "",
            Updated = page.Time("version", "createdAt"),
            Version = page.Text("version", "number"),
            Layers = LayersOf(id),
            Labels = [.. page.Items("labels", "results").Select(label => label.Text("name"))],
        };
    }

    private List<LayerId> LayersOf(string id)
    {
        var layers = new List<LayerId> { new($"{source}:space:{_pages[id].Text("spaceId")}") };
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var current = id; current.Length > 0 && seen.Add(current);)
        {
            if (!_pages.TryGetValue(current, out var page))
            {
                // An ancestor that was not read may be restricted: nobody is let in through it.
                layers.Add(new LayerId($"{source}:unknown-page:{current}"));
                break;
            }

            var own = new LayerId($"{source}:page:{current}");
            if (_layers.ContainsKey(own))
            {
                layers.Add(own);
            }

            current = page.Text("parentType") is "" or "page" ? page.Text("parentId") : "";
        }

        return layers;
    }

    private Principal? PrincipalOf(string type, string id) => type switch
    {
        "user" => Principal.User(source, id),
        "group" => Principal.Group(source, id),
        "role" when id == "licensed" => Principal.Licensed,
        "role" when id == "anyone" => Principal.Anyone,
        _ => null,
    };
}
