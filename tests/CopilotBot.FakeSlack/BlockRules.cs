using System.Text.Json;
using System.Text.RegularExpressions;

namespace CopilotBot.FakeSlack;

/// <summary>Shapes and limits of Block Kit (facts §3).</summary>
internal static partial class BlockRules
{
    private const string Facts = "§3";
    private const int MarkdownLength = 12_000;
    private const int PayloadLength = 13_200;

    private static readonly string[] Everywhere = ["section", "divider", "image", "actions", "context", "header", "rich_text", "video"];
    private static readonly string[] InMessages =
        ["markdown", "context_actions", "table", "data_table", "data_visualization", "card", "carousel", "container", "task_card", "plan", "file"];

    private static readonly string[] InViews = ["input", "alert"];

    /// <summary>The broken rules of the blocks of a message or a view.</summary>
    public static IEnumerable<Finding> Check(JsonElement blocks, BlockSurface surface)
    {
        if (blocks.ValueKind != JsonValueKind.Array)
        {
            return [Finding.Refuse("invalid_blocks_format", "blocks-format", Facts, "Blocks are a JSON list.")];
        }

        var all = blocks.Items();
        return [.. Whole(blocks, all, surface), .. all.SelectMany((block, index) => Block(block, $"/blocks/{index}", surface))];
    }

    public static IEnumerable<Finding> PlainText(JsonElement? text, int longest, string rule, string path) => text is not { ValueKind: JsonValueKind.Object } given
        ? [Invalid(rule, path, "a plain_text object is required")]
        : given.Text("type") != "plain_text"
            ? [Invalid(rule, path, "the text must be plain_text")]
            : Length(given.Text("text"), 1, longest, rule, path);

    private static IEnumerable<Finding> Whole(JsonElement blocks, IReadOnlyList<JsonElement> all, BlockSurface surface)
    {
        var most = surface == BlockSurface.Message ? 50 : 100;
        if (all.Count > most)
        {
            yield return Invalid("block-count", "/blocks", $"no more than {most} items allowed");
        }

        if (all.Select(block => block.Text("block_id")).OfType<string>().GroupBy(id => id).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            yield return Invalid("block-id", "/blocks", $"block_id {twice.Key} already exists");
        }

        if (surface != BlockSurface.Message)
        {
            yield break;
        }

        var markdown = all.Where(block => block.Text("type") == "markdown").Select(block => block.Text("text") ?? "").ToList();
        if (markdown.Sum(text => text.Length) > MarkdownLength)
        {
            yield return Finding.Refuse("msg_blocks_too_long", "markdown-length", Facts, $"The markdown blocks have more than {MarkdownLength} characters together.");
        }
        else if (blocks.Written().Length > PayloadLength)
        {
            yield return Finding.Refuse("msg_blocks_too_long", "blocks-length", Facts, $"The blocks have more than {PayloadLength} characters.");
        }

        if (all.Count(block => block.Text("type") is "table" or "data_table") + markdown.Sum(text => MarkdownTable().Count(text)) > 1)
        {
            yield return Finding.Refuse("invalid_attachments", "one-table", Facts, "only_one_table_allowed");
        }
    }

    private static IEnumerable<Finding> Block(JsonElement block, string path, BlockSurface surface)
    {
        var type = block.Text("type") ?? "";
        if (!Everywhere.Contains(type) && !(surface == BlockSurface.Message ? InMessages : InViews).Contains(type))
        {
            return [Invalid("block-type", path, $"unsupported type: {type}")];
        }

        return
        [
            .. block.Get("block_id") is null ? [] : Length(block.Text("block_id"), 1, 255, "block-id", $"{path}/block_id"),
            .. type switch
            {
                "section" => Section(block, path),
                "header" => PlainText(block.Get("text"), 150, "header-text", $"{path}/text"),
                "markdown" => Length(block.Text("text"), 1, MarkdownLength, "markdown-length", $"{path}/text"),
                "context" => Count(block.List("elements"), 1, 10, "context-elements", path)
                    .Concat(block.List("elements").SelectMany((element, index) => ContextElement(element, $"{path}/elements/{index}"))),
                "actions" => Count(block.List("elements"), 1, 25, "actions-elements", path)
                    .Concat(block.List("elements").SelectMany((element, index) => Element(element, $"{path}/elements/{index}"))),
                "context_actions" => Count(block.List("elements"), 1, 5, "context-actions-elements", path)
                    .Concat(block.List("elements").SelectMany((element, index) => ContextAction(element, $"{path}/elements/{index}"))),
                "table" => Table(block, path, 100),
                "data_table" => DataTable(block, path),
                "rich_text" => Count(block.List("elements"), 1, int.MaxValue, "rich-text", path)
                    .Concat(block.List("elements").SelectMany((element, index) => RichText(element, $"{path}/elements/{index}"))),
                "card" => Card(block, path),
                "carousel" => Count(block.List("elements"), 1, 10, "carousel-cards", path),
                "container" => Count(block.List("blocks"), 1, 10, "container-blocks", path)
                    .Concat(block.List("blocks").SelectMany((child, index) => Block(child, $"{path}/blocks/{index}", surface))),
                "alert" => Length(TextOf(block.Get("text")), 1, 200, "alert-text", path),
                "input" => PlainText(block.Get("label"), 2000, "input-label", $"{path}/label")
                    .Concat(block.Get("element") is { } element ? Element(element, $"{path}/element", isInput: true) : [Invalid("input-element", path, "missing required field: element")]),
                _ => [],
            },
        ];
    }

    private static IEnumerable<Finding> Section(JsonElement block, string path)
    {
        var fields = block.List("fields");
        if (block.Get("text") is null && fields.Count == 0)
        {
            return [Invalid("section-text", path, "a section needs a text or fields")];
        }

        return
        [
            .. block.Get("text") is { } text ? TextObject(text, 3000, "section-text", $"{path}/text") : [],
            .. Count(fields, 0, 10, "section-fields", path),
            .. fields.SelectMany((field, index) => TextObject(field, 2000, "section-fields", $"{path}/fields/{index}")),
            .. block.Get("accessory") is { } accessory ? Element(accessory, $"{path}/accessory") : [],
        ];
    }

    private static IEnumerable<Finding> ContextElement(JsonElement element, string path) => element.Text("type") switch
    {
        "image" => [],
        "mrkdwn" or "plain_text" => TextObject(element, int.MaxValue, "context-text", path),
        var other => [Invalid("context-elements", path, $"unsupported type: {other}")],
    };

    private static IEnumerable<Finding> ContextAction(JsonElement element, string path) => element.Text("type") switch
    {
        "feedback_buttons" => ActionId(element, path)
            .Concat(FeedbackButton(element.Get("positive_button"), $"{path}/positive_button")).Concat(FeedbackButton(element.Get("negative_button"), $"{path}/negative_button")),
        "icon_button" => ActionId(element, path).Concat(PlainText(element.Get("text"), 75, "button-text", $"{path}/text"))
            .Concat(element.Text("icon") == "trash" ? [] : [Invalid("icon", path, "the only icon is trash")]),
        var other => [Invalid("context-actions-elements", path, $"unsupported type: {other}")],
    };

    private static IEnumerable<Finding> FeedbackButton(JsonElement? button, string path) => button is not { } given
        ? [Invalid("feedback-button", path, "missing required field")]
        : PlainText(given.Get("text"), 75, "feedback-button", $"{path}/text")
            .Concat(Length(given.Text("value"), 1, 2000, "feedback-value", $"{path}/value"))
            .Concat(Length(given.Text("accessibility_label") ?? "", 0, 75, "feedback-button", $"{path}/accessibility_label"));

    /// <summary>An element of an actions or input block, or an accessory.</summary>
    private static IEnumerable<Finding> Element(JsonElement element, string path, bool isInput = false)
    {
        var type = element.Text("type") ?? "";
        return type switch
        {
            "button" when !isInput =>
            [
                .. ActionId(element, path),
                .. PlainText(element.Get("text"), 75, "button-text", $"{path}/text"),
                .. Length(element.Text("value") ?? "", 0, 2000, "button-value", $"{path}/value"),
                .. Length(element.Text("url") ?? "", 0, 3000, "button-url", $"{path}/url"),
                .. element.Text("style") is null or "primary" or "danger" ? [] : new[] { Invalid("button-style", path, "style is primary or danger") },
                .. element.Get("confirm") is { } confirm ? Confirm(confirm, $"{path}/confirm") : [],
            ],
            "static_select" or "multi_static_select" or "radio_buttons" or "checkboxes" or "overflow" =>
            [
                .. ActionId(element, path),
                .. element.List("option_groups").Count > 0 ? [] : Count(element.List("options"), 1, 100, "options", $"{path}/options"),
                .. element.List("options").SelectMany((option, index) => Option(option, $"{path}/options/{index}")),
                .. element.Get("initial_option") is { } initial && element.List("options").All(option => option.Written() != initial.Written()) ? new[] { Invalid("initial-option", path, "initial_option is none of the options") } : [],
            ],
            "plain_text_input" when isInput =>
            [
                .. ActionId(element, path),
                .. Length(element.Text("initial_value") ?? "", 0, (int)(element.Number("max_length") ?? 3000), "initial-value", $"{path}/initial_value"),
            ],
            "image" when !isInput => [],
            "users_select" or "multi_users_select" or "channels_select" or "conversations_select" or "external_select" or "datepicker" or "timepicker" => ActionId(element, path),
            "rich_text_input" or "email_text_input" or "url_text_input" or "number_input" when isInput => ActionId(element, path),
            _ => [Invalid("element-type", path, $"unsupported type: {type}")],
        };
    }

    private static IEnumerable<Finding> Confirm(JsonElement confirm, string path) =>
    [
        .. PlainText(confirm.Get("title"), 100, "confirm", $"{path}/title"),
        .. Length(TextOf(confirm.Get("text")), 1, 300, "confirm", $"{path}/text"),
        .. PlainText(confirm.Get("confirm"), 30, "confirm", $"{path}/confirm"),
        .. PlainText(confirm.Get("deny"), 30, "confirm", $"{path}/deny"),
    ];

    private static IEnumerable<Finding> Option(JsonElement option, string path) =>
        Length(TextOf(option.Get("text")), 1, 75, "option-text", $"{path}/text").Concat(Length(option.Text("value"), 1, 150, "option-value", $"{path}/value"));

    private static IEnumerable<Finding> Table(JsonElement block, string path, int mostRows)
    {
        var rows = block.List("rows");
        return
        [
            .. Count(rows, 1, mostRows, "table-rows", path),
            .. rows.SelectMany((row, index) => Count(row.Items(), 1, 20, "table-columns", $"{path}/rows/{index}")),
            .. rows.SelectMany(row => row.Items()).Where(cell => cell.Text("type") is not ("raw_text" or "raw_number" or "rich_text"))
                .Take(1).Select(cell => Invalid("table-cell", path, $"unsupported type: {cell.Text("type")}")),
        ];
    }

    private static IEnumerable<Finding> DataTable(JsonElement block, string path) =>
    [
        .. Table(block, path, 201),
        .. Length(TextOf(block.Get("caption")), 1, int.MaxValue, "table-caption", $"{path}/caption"),
        .. Length(block.Get("rows")?.Written() ?? "", 0, 20_000, "table-length", $"{path}/rows"),
        .. block.Get("page_size") is not null && block.Number("page_size") is not (>= 1 and <= 100) ? new[] { Invalid("table-page", path, "page_size is 1 to 100") } : [],
    ];

    private static IEnumerable<Finding> Card(JsonElement block, string path) =>
    [
        .. Length(TextOf(block.Get("title")) ?? "", 0, 150, "card", $"{path}/title"),
        .. Length(TextOf(block.Get("body")) ?? "", 0, 200, "card", $"{path}/body"),
        .. Count(block.List("actions"), 0, 3, "card", path),
    ];

    private static IEnumerable<Finding> RichText(JsonElement element, string path) => element.Text("type") switch
    {
        "rich_text_section" or "rich_text_quote" or "rich_text_preformatted" => element.List("elements").SelectMany((part, index) => Inline(part, $"{path}/elements/{index}")),
        "rich_text_list" when element.Text("style") is "ordered" or "bullet" => element.List("elements").SelectMany((item, index) => item.Text("type") == "rich_text_section"
            ? RichText(item, $"{path}/elements/{index}")
            : [Invalid("rich-text", $"{path}/elements/{index}", "a list has sections")]),
        var other => [Invalid("rich-text", path, $"unsupported type or style: {other}")],
    };

    private static IEnumerable<Finding> Inline(JsonElement part, string path) => part.Text("type") switch
    {
        "text" => Length(part.Text("text"), 1, int.MaxValue, "rich-text", path),
        "link" => Length(part.Text("url"), 1, 3000, "rich-text", $"{path}/url"),
        "emoji" or "user" or "channel" or "usergroup" or "broadcast" or "date" or "color" => [],
        var other => [Invalid("rich-text", path, $"unsupported type: {other}")],
    };

    private static IEnumerable<Finding> TextObject(JsonElement text, int longest, string rule, string path) => text.Text("type") is "mrkdwn" or "plain_text"
        ? Length(text.Text("text"), 1, longest, rule, path)
        : [Invalid(rule, path, "a text object is mrkdwn or plain_text")];

    private static IEnumerable<Finding> ActionId(JsonElement element, string path) => Length(element.Text("action_id") ?? "x", 1, 255, "action-id", $"{path}/action_id");

    private static IEnumerable<Finding> Length(string? text, int least, int most, string rule, string path)
    {
        if (text is null || text.Length < least)
        {
            return [Invalid(rule, path, $"must have at least {least} characters")];
        }

        return text.Length > most ? [Invalid(rule, path, $"must be less than {most + 1} characters")] : [];
    }

    private static IEnumerable<Finding> Count(IReadOnlyList<JsonElement> items, int least, int most, string rule, string path) =>
        items.Count >= least && items.Count <= most ? [] : [Invalid(rule, path, $"{items.Count} items where {least} to {most} are allowed")];

    private static Finding Invalid(string rule, string path, string detail) => Finding.Refuse("invalid_blocks", rule, Facts, $"{detail} [json-pointer:{path}]");

    private static string? TextOf(JsonElement? text) => text is { ValueKind: JsonValueKind.String } plain ? plain.GetString() : text.Text("text");

    /// <summary>The line under the head of a table, which must stand under a line with a bar.</summary>
    [GeneratedRegex(@"^[^\n]*\|[^\n]*\n[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$", RegexOptions.Multiline)]
    private static partial Regex MarkdownTable();
}
