using System.Text.Json;
using System.Text.Json.Nodes;

namespace CopilotBot.Channels.Teams.Rendering;

/// <summary>The parts that all cards are made of. Texts must be Markdown that <see cref="TeamsMarkdown"/> wrote, or our own words.</summary>
internal static class CardJson
{
    /// <summary>Bytes of a card (facts 2.6 and 4), counted with every letter beyond ASCII written as \uXXXX: whoever sends it may write it so.</summary>
    public const int MaximumBytes = 28 * 1024;

    public const string ContentType = "application/vnd.microsoft.card.adaptive";

    public static JsonObject Card(JsonArray body, params JsonObject[] actions)
    {
        var card = new JsonObject
        {
            ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
            ["type"] = "AdaptiveCard",
            ["version"] = "1.5",
            ["body"] = body,
        };
        if (actions.Length > 0)
        {
            card["actions"] = new JsonArray([.. actions]);
        }

        return card;
    }

    public static bool Fits(JsonObject card) => JsonSerializer.SerializeToUtf8Bytes(card).Length <= MaximumBytes;

    public static JsonObject Text(string markdown) => new() { ["type"] = "TextBlock", ["text"] = markdown, ["wrap"] = true };

    public static JsonObject Heading(string markdown)
    {
        var text = Text(markdown);
        text["weight"] = "bolder";
        return text;
    }

    public static JsonObject Subtle(string markdown)
    {
        var text = Text(markdown);
        (text["isSubtle"], text["size"], text["spacing"]) = (true, "small", "none");
        return text;
    }

    public static JsonObject Submit(string title, JsonObject data) => new() { ["type"] = "Action.Submit", ["title"] = title, ["data"] = data };

    /// <summary>Without a verb Teams never sends the press; clients without Action.Execute send the fallback, a message (facts 4).</summary>
    /// <param name="data">Without the verb.</param>
    public static JsonObject Execute(string title, string verb, JsonObject data)
    {
        var fallback = new JsonObject(data.Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone())).Prepend(KeyValuePair.Create(TeamsVerb.VerbKey, (JsonNode?)verb)));
        return new JsonObject { ["type"] = "Action.Execute", ["title"] = title, ["verb"] = verb, ["data"] = data, ["fallback"] = Submit(title, fallback) };
    }

    /// <summary>Pressing it sends the question as if the person had typed it.</summary>
    public static JsonObject Ask(string question) => Submit(question, new JsonObject { ["msteams"] = new JsonObject { ["type"] = "imBack", ["value"] = question } });

    public static JsonObject Attachment(JsonObject card) => new() { ["contentType"] = ContentType, ["content"] = card };

    /// <summary>A message that is only a card: Teams splits text and card into two messages and then tells no id (facts 2.6).</summary>
    /// <param name="summary">What a notification shows.</param>
    public static JsonObject Message(JsonObject card, string summary) =>
        new() { ["type"] = "message", ["summary"] = summary, ["attachments"] = new JsonArray(Attachment(card)) };
}
