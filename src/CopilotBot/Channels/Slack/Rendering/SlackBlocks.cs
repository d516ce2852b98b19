using System.Text.Json.Nodes;

namespace CopilotBot.Channels.Slack.Rendering;

/// <summary>The parts that messages and views are made of.</summary>
internal static class SlackBlocks
{
    public static JsonObject Words(string text) => new() { ["type"] = "plain_text", ["text"] = SlackPlain.Inert(text), ["emoji"] = false };

    public static JsonObject Header(string text) => new() { ["type"] = "header", ["text"] = Words(text) };

    public static JsonObject Section(string text) => new() { ["type"] = "section", ["text"] = Words(text) };

    public static JsonObject Context(string text) => new() { ["type"] = "context", ["elements"] = new JsonArray(Words(text)) };

    public static JsonObject RichText(params JsonObject[] parts) => new() { ["type"] = "rich_text", ["elements"] = new JsonArray([.. parts]) };

    public static JsonObject RichSection(params JsonObject[] elements) => new() { ["type"] = "rich_text_section", ["elements"] = new JsonArray([.. elements]) };

    /// <param name="before">Numbers of an ordered list that stand elsewhere.</param>
    public static JsonObject RichList(string style, IEnumerable<JsonObject> sections, int before = 0)
    {
        var list = new JsonObject { ["type"] = "rich_text_list", ["style"] = style, ["elements"] = new JsonArray([.. sections]) };
        if (before > 0)
        {
            list["offset"] = before;
        }

        return list;
    }

    public static JsonObject RichWords(string text) => new() { ["type"] = "text", ["text"] = SlackPlain.Inert(text) };

    public static JsonObject RichBold(string text)
    {
        var words = RichWords(text);
        words["style"] = new JsonObject { ["bold"] = true };
        return words;
    }

    /// <param name="url">Null for no link.</param>
    public static JsonObject RichLink(string text, string? url) => url is null ? RichWords(text) : new() { ["type"] = "link", ["url"] = url, ["text"] = SlackPlain.Inert(text) };

    public static JsonObject Button(string action, string text, string value) => new()
    {
        ["type"] = "actions",
        ["elements"] = new JsonArray(new JsonObject { ["type"] = "button", ["action_id"] = action, ["text"] = Words(text), ["value"] = value }),
    };
}
