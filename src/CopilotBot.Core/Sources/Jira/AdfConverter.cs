using System.Globalization;
using System.Text.Json;
using CopilotBot.Knowledge;

namespace CopilotBot.Sources.Jira;

/// <summary>Atlassian Document Format (the JSON of Jira Cloud REST v3) into a structured text. Inline texts are joined as they stand; unknown nodes show their content.</summary>
public static class AdfConverter
{
    private const int MaximumDepth = 64;

    public static StructuredText Convert(JsonElement document)
    {
        var builder = new StructuredTextBuilder();
        Write(builder, document);
        return builder.Build();
    }

    /// <summary>Appends a document; null and a plain string (REST v2) are fine too.</summary>
    public static void Write(StructuredTextBuilder builder, JsonElement document)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (document.ValueKind == JsonValueKind.String)
        {
            foreach (var paragraph in (document.GetString() ?? "").ReplaceLineEndings("\n").Split('\n'))
            {
                builder.Paragraph(new InlineText(paragraph));
            }
        }
        else if (document.ValueKind == JsonValueKind.Object)
        {
            Blocks(builder, document, 0);
        }
    }

    private static void Blocks(StructuredTextBuilder builder, JsonElement parent, int depth)
    {
        if (depth > MaximumDepth)
        {
            return;
        }

        var inline = new InlineText();
        foreach (var node in Content(parent))
        {
            var type = Type(node);
            if (IsInline(type))
            {
                Inline(inline, node, depth + 1);
                continue;
            }

            builder.Paragraph(inline);
            inline = new InlineText();
            switch (type)
            {
                case "paragraph" or "caption":
                    builder.Paragraph(InlineOf(node, depth));
                    break;
                case "heading":
                    var text = InlineOf(node, depth);
                    builder.Heading(Attribute(node, "level") is { Length: > 0 } level && int.TryParse(level, out var number) ? number : 1, text, AnchorOf(text));
                    break;
                case "bulletList" or "orderedList" or "taskList" or "decisionList":
                    List(builder, node, depth);
                    break;
                case "codeBlock":
                    builder.Code(string.Concat(Content(node).Select(child => Text(child, "text"))), Attribute(node, "language"));
                    break;
                case "table":
                    Table(builder, node, depth);
                    break;
                case "panel" or "expand" or "nestedExpand" or "blockquote":
                    var title = Attribute(node, "title");
                    var kind = type == "panel" ? Attribute(node, "panelType") : type == "blockquote" ? "quote" : "expand";
                    builder.Callout(kind, title.Length == 0 ? null : new InlineText(title), () => Blocks(builder, node, depth + 1));
                    break;
                case "blockCard" or "embedCard":
                    builder.Paragraph(InlineOfNode(node, depth));
                    break;
                case "media":
                    builder.Paragraph(new InlineText(Attribute(node, "alt")));
                    break;
                case "extension" when !HasContent(node):
                    builder.Paragraph(new InlineText(Attribute(node, "text")));
                    break;
                case "rule" or "placeholder":
                    break;
                default:
                    Blocks(builder, node, depth + 1);
                    break;
            }
        }

        builder.Paragraph(inline);
    }

    private static void List(StructuredTextBuilder builder, JsonElement list, int depth)
    {
        var items = new List<(int, string, InlineText)>();
        Collect(list, 0);
        Flush();

        void Collect(JsonElement current, int level)
        {
            var number = 1;
            foreach (var item in Content(current))
            {
                var type = Type(item);
                if (type is "taskList" or "decisionList" && level < MaximumDepth)
                {
                    Collect(item, level + 1);
                    continue;
                }

                var marker = type is "taskItem" or "blockTaskItem" ? Attribute(item, "state") == "DONE" ? "[x]" : "[ ]"
                    : Type(current) == "orderedList" ? $"{(number++).ToString(CultureInfo.InvariantCulture)}." : "-";
                var inline = new InlineText();
                items.Add((level, marker, inline));
                foreach (var child in Content(item))
                {
                    switch (Type(child))
                    {
                        case "bulletList" or "orderedList" when level < MaximumDepth:
                            Collect(child, level + 1);
                            break;
                        case "paragraph":
                            inline.Add(inline.Length > 0 ? " " : "");
                            AddAll(inline, child, depth + 1);
                            break;
                        case "codeBlock" or "panel" or "table" or "mediaSingle" or "mediaGroup" or "expand" or "nestedExpand":
                            Flush();
                            Blocks(builder, JsonSerializer.SerializeToElement(new Dictionary<string, JsonElement[]> { ["content"] = [child] }, AdfJson.Default.DictionaryStringJsonElementArray), depth + 1);
                            break;
                        default:
                            Inline(inline, child, depth + 1);
                            break;
                    }
                }
            }
        }

        void Flush()
        {
            builder.List(items);
            items = [];
        }
    }

    private static void Table(StructuredTextBuilder builder, JsonElement table, int depth)
    {
        var rows = Content(table).Where(row => Type(row) == "tableRow").Select(row => Content(row).ToList()).Where(cells => cells.Count > 0).ToList();
        var hasHeader = rows.Count > 0 && rows[0].TrueForAll(cell => Type(cell) == "tableHeader");
        var texts = rows.Select(cells => (IReadOnlyList<InlineText>)[.. cells.Select(cell => InlineOf(cell, depth))]).ToList();
        builder.Table(hasHeader ? texts[0] : null, [.. texts.Skip(hasHeader ? 1 : 0)]);
    }

    private static bool IsInline(string type) =>
        type is "text" or "hardBreak" or "mention" or "emoji" or "date" or "status" or "inlineCard" or "mediaInline" or "inlineExtension";

    private static InlineText InlineOf(JsonElement node, int depth)
    {
        var text = new InlineText();
        AddAll(text, node, depth + 1);
        return text;
    }

    private static InlineText InlineOfNode(JsonElement node, int depth)
    {
        var text = new InlineText();
        Inline(text, node, depth + 1);
        return text;
    }

    private static void AddAll(InlineText text, JsonElement node, int depth)
    {
        foreach (var child in Content(node))
        {
            Inline(text, child, depth + 1);
        }
    }

    private static void Inline(InlineText text, JsonElement node, int depth)
    {
        if (depth > MaximumDepth)
        {
            return;
        }

        switch (Type(node))
        {
            case "text":
                text.Link(LinkOf(node), () => text.Add(Text(node, "text")));
                break;
            case "hardBreak":
                text.Break();
                break;
            case "mention" or "status":
                text.Add(Attribute(node, "text"));
                break;
            case "emoji":
                text.Add(Attribute(node, "text") is { Length: > 0 } emoji ? emoji : Attribute(node, "shortName"));
                break;
            case "date":
                text.Add(long.TryParse(Attribute(node, "timestamp"), NumberStyles.Integer, CultureInfo.InvariantCulture, out var milliseconds) && Math.Abs(milliseconds) < 253_402_300_000_000
                    ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "");
                break;
            case "inlineCard" or "blockCard" or "embedCard":
                text.Link(Attribute(node, "url"), () => text.Add(Attribute(node, "url")));
                break;
            case "mediaInline" or "media":
                text.Add(Attribute(node, "alt"));
                break;
            case "inlineExtension":
                text.Add(Attribute(node, "text"));
                break;
            default:
                text.Add(" ");
                AddAll(text, node, depth + 1);
                text.Add(" ");
                break;
        }
    }

    private static string LinkOf(JsonElement text) =>
        text.TryGetProperty("marks", out var marks) && marks.ValueKind == JsonValueKind.Array
            ? marks.EnumerateArray().Where(mark => Type(mark) == "link").Select(mark => Attribute(mark, "href")).FirstOrDefault() ?? "" : "";

    private static string AnchorOf(InlineText heading)
    {
        var builder = new StructuredTextBuilder();
        builder.Paragraph(heading);
        return builder.Build().Text.Replace(' ', '-');
    }

    private static bool HasContent(JsonElement node) => Content(node).Any();

    private static IEnumerable<JsonElement> Content(JsonElement node) =>
        node.ValueKind == JsonValueKind.Object && node.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.Array
            ? content.EnumerateArray() : Enumerable.Empty<JsonElement>();

    private static string Type(JsonElement node) => Text(node, "type");

    private static string Text(JsonElement node, string name) =>
        node.ValueKind == JsonValueKind.Object && node.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() ?? "" : "";

    private static string Attribute(JsonElement node, string name) =>
        node.ValueKind == JsonValueKind.Object && node.TryGetProperty("attrs", out var attributes) && attributes.ValueKind == JsonValueKind.Object && attributes.TryGetProperty(name, out var value)
            ? value.ValueKind == JsonValueKind.String ? value.GetString() ?? "" : value.ValueKind == JsonValueKind.Number ? value.GetRawText() : "" : "";
}
