using System.Text.Json.Nodes;

namespace CopilotBot.FakeJira;

/// <summary>What every document in ADF has to be (facts §2.3); the official schema says the rest where it is given.</summary>
internal static class DocumentRules
{
    private const string Source = "§2.3";

    private static readonly string[] Inline = ["text", "hardBreak", "mention", "emoji", "date", "status", "inlineCard"];

    public static void Check(JsonNode? node, string where)
    {
        if (node is not JsonObject document || Text(document, "type") != "doc" || document["version"] is not JsonValue version || !version.TryGetValue<int>(out var number) || number != 1 || document["content"] is not JsonArray content)
        {
            throw RuleException.OfField("adf-document", Source, where, "Operation value must be an Atlassian Document (see the Atlassian Document Format)");
        }

        foreach (var block in content)
        {
            if (block is not JsonObject paragraph || Text(paragraph, "type") is null || Inline.Contains(Text(paragraph, "type")))
            {
                throw RuleException.OfField("adf-block", Source, where, "A document consists of blocks");
            }

            CheckInline(paragraph["content"] as JsonArray ?? [], where);
        }
    }

    private static void CheckInline(JsonArray content, string where)
    {
        foreach (var node in content.OfType<JsonObject>())
        {
            if (Text(node, "type") == "text" && string.IsNullOrEmpty(Text(node, "text")))
            {
                throw RuleException.OfField("adf-empty-text", Source, where, "A text is never empty");
            }
        }
    }

    private static string? Text(JsonObject node, string name) => node[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
