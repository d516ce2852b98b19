using System.Text.Json;

namespace CopilotBot.FakeSlack;

/// <summary>What holds for the content of every message, however it is sent (facts §2, §3).</summary>
internal static class MessageRules
{
    private const int MarkdownLength = 12_000;
    private const int TextKept = 4_000;
    private const int TextCut = 40_000;

    /// <summary>The facts give no number; this is the fake's.</summary>
    private const int MetadataLength = 8_000;

    /// <summary>The content of a message, or what forbids it.</summary>
    public static IEnumerable<Finding> CheckContent(CallArguments arguments)
    {
        var (text, markdown, blocks) = (arguments.Text("text"), arguments.Filled("markdown_text"), arguments.Json("blocks"));
        if (markdown is not null && (text is not null || blocks is not null))
        {
            yield return Finding.Refuse("markdown_text_conflict", "markdown-conflict", "§2", "markdown_text excludes text and blocks.");
        }

        var hasBlocks = blocks is { } given && (given.ValueKind != JsonValueKind.Array || given.GetArrayLength() > 0);
        if (!hasBlocks && string.IsNullOrEmpty(text) && markdown is null)
        {
            yield return Finding.Refuse("no_text", "no-text", "§2", "The message has nothing to show.");
        }

        if (hasBlocks && string.IsNullOrEmpty(text))
        {
            yield return Finding.Note("text-missing", "§3", "Blocks came without the text for notifications and screen readers.");
        }

        if (text?.Length > TextKept)
        {
            yield return Finding.Note("text-length", "§3", $"The text has {text.Length} characters; keep to {TextKept}.");
        }

        if (markdown?.Length > MarkdownLength)
        {
            yield return Finding.Refuse("msg_too_long", "markdown-length", "§2.1", $"markdown_text has more than {MarkdownLength} characters.");
        }

        foreach (var finding in blocks is { } some ? BlockRules.Check(some, BlockSurface.Message) : [])
        {
            yield return finding;
        }
    }

    public static IEnumerable<string> Mentions(CallArguments arguments) =>
        [.. MentionRules.In(arguments.Text("text") ?? ""), .. MentionRules.In(arguments.Text("markdown_text") ?? ""), .. arguments.Json("blocks") is { } blocks ? MentionRules.In(blocks) : []];

    public static IEnumerable<Finding> CheckUnfurls(CallArguments arguments) => arguments.Flag("unfurl_links") == false && arguments.Flag("unfurl_media") == false
        ? []
        : [Finding.Note("unfurl", "§3", "A post has unfurl_links and unfurl_media false.")];

    public static IEnumerable<Finding> CheckMetadata(JsonElement? metadata)
    {
        if (metadata is not { } given || (given.ValueKind == JsonValueKind.Object && !given.EnumerateObject().Any()))
        {
            return [];
        }

        if (given.Text("event_type") is null || given.Get("event_payload") is not { ValueKind: JsonValueKind.Object } payload || !payload.EnumerateObject().All(property => IsFlat(property.Value)))
        {
            return [Finding.Refuse("invalid_metadata_format", "metadata", "§3", "Metadata has an event_type and an event_payload of scalars, objects of scalars or lists of such.")];
        }

        return given.Written().Length > MetadataLength ? [Finding.Refuse("metadata_too_large", "metadata", "§3", "The metadata is too large.")] : [];
    }

    public static ShownVersion Version(CallArguments arguments, DateTimeOffset at)
    {
        var text = arguments.Text("text") ?? "";
        return new(text.Length > TextCut ? text[..TextCut] : text, arguments.Filled("markdown_text"), arguments.Json("blocks")?.Items() ?? [], at);
    }

    private static bool IsFlat(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().All(item => item.ValueKind != JsonValueKind.Array && IsFlat(item)),
        JsonValueKind.Object => value.EnumerateObject().All(property => property.Value.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object)),
        _ => true,
    };
}
