using System.Text.Json;

namespace CopilotBot.FakeSlack;

/// <summary>Blocks as a person reads them, and what can be pressed in them.</summary>
internal static class BlockText
{
    private static readonly string[] Thumbs = ["positive_button", "negative_button"];

    public static string Of(IEnumerable<JsonElement> blocks) => string.Join("\n", blocks.Select(Of).Where(text => text.Length > 0));

    public static IEnumerable<ShownButton> Buttons(JsonElement block)
    {
        var blockId = block.Text("block_id") ?? "";
        var elements = block.List("elements").Concat(block.Get("accessory") is { } accessory ? [accessory] : []);
        return elements.SelectMany(element => Pressable(element, blockId)).Concat(block.List("blocks").SelectMany(Buttons));
    }

    private static IEnumerable<ShownButton> Pressable(JsonElement element, string blockId)
    {
        var (type, action) = (element.Text("type") ?? "", element.Text("action_id") ?? "");
        return type switch
        {
            "button" or "icon_button" => [new(type, action, blockId, element.Get("text").Text("text") ?? "", element.Text("value"), element.Text("url"))],
            "feedback_buttons" => Thumbs.Select(name => element.Get(name)).OfType<JsonElement>()
                .Select(button => new ShownButton(type, action, blockId, button.Get("text").Text("text") ?? "", button.Text("value"), null)),
            _ => [],
        };
    }

    private static string Of(JsonElement block) => block.Text("type") switch
    {
        "markdown" => block.Text("text") ?? "",
        "header" => TextOf(block.Get("text")),
        "section" => Lines(new[] { block.Get("text") }.Concat(block.List("fields").Select(field => (JsonElement?)field)).Select(TextOf)),
        "context" => string.Join(" ", block.List("elements").Select(element => element.Text("type") == "image" ? element.Text("alt_text") ?? "" : element.Text("text") ?? "")),
        "rich_text" => Lines(block.List("elements").Select(RichText)),
        "table" or "data_table" => Lines(block.List("rows").Select(row => string.Join(" | ", row.Items().Select(Cell)))),
        "image" => Lines([TextOf(block.Get("title")), block.Text("alt_text") ?? ""]),
        "alert" => TextOf(block.Get("text")),
        "input" => TextOf(block.Get("label")),
        "card" => Lines([TextOf(block.Get("title")), TextOf(block.Get("body"))]),
        "container" => Of(block.List("blocks")),
        _ => "",
    };

    private static string Cell(JsonElement cell) => cell.Text("type") == "rich_text" ? Of(cell) : cell.Text("text") ?? cell.Get("value")?.ToString() ?? "";

    private static string RichText(JsonElement element) => element.Text("type") switch
    {
        "rich_text_list" => Lines(element.List("elements").Select((item, index) =>
            $"{(element.Text("style") == "ordered" ? $"{index + 1 + (element.Number("offset") ?? 0)}." : "•")} {RichText(item)}")),
        _ => string.Concat(element.List("elements").Select(Inline)),
    };

    private static string Inline(JsonElement part) => part.Text("type") switch
    {
        "text" => part.Text("text") ?? "",
        "link" => part.Text("text") ?? part.Text("url") ?? "",
        "emoji" => $":{part.Text("name")}:",
        "user" => $"<@{part.Text("user_id")}>",
        "channel" => $"<#{part.Text("channel_id")}>",
        "usergroup" => $"<!subteam^{part.Text("usergroup_id")}>",
        "broadcast" => $"<!{part.Text("range")}>",
        _ => part.Text("fallback") ?? "",
    };

    private static string TextOf(JsonElement? text) => text is { ValueKind: JsonValueKind.String } plain ? plain.GetString()! : text.Text("text") ?? "";

    private static string Lines(IEnumerable<string> lines) => string.Join("\n", lines.Where(line => line.Length > 0));
}
