using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CopilotBot.Channels.Slack.Rendering;

/// <summary>One message, as the outbox keeps it.</summary>
/// <param name="Text">What notifications and screen readers say; all there is where there are neither Markdown nor blocks.</param>
/// <param name="Markdown">Standard Markdown, which can be streamed; shown above the blocks, in a markdown block where it is not streamed. May be empty.</param>
/// <param name="Blocks">Everything else, below it.</param>
internal sealed record SlackMessage(string Text, string Markdown, JsonArray Blocks)
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A message that is only words, such as a notice.</summary>
    public static SlackMessage Of(string words) => new(SlackPlain.Escape(words), "", []);

    /// <summary>What <see cref="Write"/> wrote.</summary>
    public static SlackMessage Read(string content) => JsonNode.Parse(content) is JsonObject stored && stored["text"] is JsonValue text && stored["markdown"] is JsonValue markdown && stored["blocks"] is JsonArray blocks
        ? new SlackMessage(text.GetValue<string>(), markdown.GetValue<string>(), blocks.DeepClone().AsArray())
        : throw new FormatException("The stored content is no message for Slack.");

    /// <summary>What such a string counts in the JSON of the blocks, without its quotes.</summary>
    public static int LengthOf(string text) => JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text).Length;

    /// <summary>The same of a block.</summary>
    public static int LengthOf(JsonNode block) => block.ToJsonString(Readable).Length;

    public string Write() => new JsonObject { ["text"] = Text, ["markdown"] = Markdown, ["blocks"] = Blocks.DeepClone() }.ToJsonString(Readable);

    /// <summary>All of it as blocks; none when it is only words.</summary>
    public JsonArray ToBlocks()
    {
        var blocks = Blocks.DeepClone().AsArray();
        if (Markdown.Length > 0)
        {
            blocks.Insert(0, new JsonObject { ["type"] = "markdown", ["text"] = Markdown });
        }

        return blocks;
    }

    /// <summary>Characters of the blocks as JSON: Slack does not take any number of them (facts/slack.md §3).</summary>
    public int MeasureBlocks() => LengthOf(ToBlocks());
}
