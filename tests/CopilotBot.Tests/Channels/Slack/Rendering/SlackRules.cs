using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CopilotBot.Channels.Rendering;
using CopilotBot.Channels.Slack.Rendering;

namespace CopilotBot.Tests.Channels.Slack.Rendering;

/// <summary>What Slack asks of messages and views (facts/slack.md §3), counted anew here.</summary>
internal static partial class SlackRules
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] Kinds = ["markdown", "rich_text", "table", "context", "context_actions", "actions", "header", "section", "input"];

    /// <summary>Of an answer: every message, and that what belongs on the last stands there alone.</summary>
    public static void ShouldHold(IReadOnlyList<SlackMessage> messages, SlackFrame frame)
    {
        messages.ShouldNotBeEmpty();
        foreach (var (at, message) in messages.Index())
        {
            CheckMessage(message);
            var isLast = at == messages.Count - 1;
            message.Blocks.Count(block => Kind(block) == "actions").ShouldBe(isLast && frame.Place != SlackPlace.Personal ? 1 : 0);
            message.Blocks.Count(block => Kind(block) == "context_actions").ShouldBeLessThanOrEqualTo(isLast ? 1 : 0);
            ShouldBeInert(message, at == 0 && frame.AskedBy is { } person && PlainText.OneLine(frame.Quoted ?? "").Length > 0 ? $"<@{person}> asked: *" : "");
        }

        messages.Count.ShouldBeLessThanOrEqualTo(frame.Place == SlackPlace.Ephemeral ? 4 : int.MaxValue);
    }

    public static void CheckMessage(SlackMessage message)
    {
        message.Text.Length.ShouldBeInRange(1, 3_000);
        message.Markdown.Length.ShouldBeLessThanOrEqualTo(12_000);
        var blocks = message.ToBlocks();
        blocks.Count.ShouldBeInRange(1, 50);
        blocks.ToJsonString(Relaxed).Length.ShouldBeLessThanOrEqualTo(11_000);
        blocks.Count(block => Kind(block) == "table").ShouldBeLessThanOrEqualTo(1);
        blocks.Select(Kind).ShouldBeSubsetOf(Kinds);
        Check(blocks);
    }

    /// <summary>Nothing in it can mention anybody, but for the beginning that is ours.</summary>
    public static void ShouldBeInert(SlackMessage message, string ours)
    {
        message.Markdown.ShouldStartWith(ours);
        foreach (var markdown in (string[])[message.Text, message.Markdown[ours.Length..]])
        {
            markdown.ShouldNotContain('<');
            markdown.ShouldNotContain('>');
            BareAmpersand().IsMatch(markdown).ShouldBeFalse(markdown);
        }

        Strings(message.Blocks).ShouldAllBe(words => !Token().IsMatch(words));
    }

    public static void CheckView(JsonObject view)
    {
        foreach (var label in (string[])["title", "submit", "close"])
        {
            (view[label] is null || view[label]!["text"]!.GetValue<string>().Length <= 24).ShouldBeTrue();
        }

        view["blocks"]!.AsArray().Count.ShouldBeInRange(1, 100);
        view["blocks"]!.AsArray().Select(Kind).ShouldBeSubsetOf(Kinds.Where(kind => kind != "markdown"));
        Check(view);
    }

    public static IEnumerable<string> Strings(JsonNode? node) => node switch
    {
        JsonObject fields => fields.SelectMany(field => Strings(field.Value)),
        JsonArray items => items.SelectMany(Strings),
        JsonValue value when value.TryGetValue(out string? text) => [text],
        _ => [],
    };

    public static IEnumerable<JsonObject> All(JsonNode? node) => node switch
    {
        JsonObject fields => fields.SelectMany(field => All(field.Value)).Prepend(fields),
        JsonArray items => items.SelectMany(All),
        _ => [],
    };

    public static string Kind(JsonNode? block) => block!["type"]!.GetValue<string>();

    private static void Check(JsonNode node)
    {
        Strings(node).ShouldAllBe(text => text.Length > 0 && Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text);
        foreach (var part in All(node).Where(part => part["type"] is JsonValue))
        {
            switch (Kind(part))
            {
                case "table":
                    var rows = part["rows"]!.AsArray();
                    rows.Count.ShouldBeInRange(1, 100);
                    rows.ShouldAllBe(row => row!.AsArray().Count == rows[0]!.AsArray().Count && row.AsArray().Count <= 20);
                    break;
                case "rich_text_list":
                    part["elements"]!.AsArray().Count.ShouldBeInRange(1, 10);
                    break;
                case "link":
                    part["url"]!.GetValue<string>().ShouldMatch("^https?://");
                    break;
                case "section":
                    part["text"]!["text"]!.GetValue<string>().Length.ShouldBeLessThanOrEqualTo(3_000);
                    break;
                case "header":
                    part["text"]!["text"]!.GetValue<string>().Length.ShouldBeLessThanOrEqualTo(150);
                    break;
                case "button":
                    part["text"]!["text"]!.GetValue<string>().Length.ShouldBeLessThanOrEqualTo(75);
                    break;
                case "feedback_buttons":
                    foreach (var thumb in (string[])["positive_button", "negative_button"])
                    {
                        part[thumb]!["text"]!["text"]!.GetValue<string>().Length.ShouldBeLessThanOrEqualTo(75);
                        part[thumb]!["accessibility_label"]!.GetValue<string>().Length.ShouldBeLessThanOrEqualTo(75);
                        part[thumb]!["value"]!.GetValue<string>().Length.ShouldBeInRange(1, 2_000);
                    }

                    break;
            }
        }
    }

    [GeneratedRegex("&(?!(?:amp|lt|gt);)")]
    private static partial Regex BareAmpersand();

    [GeneratedRegex("<(?:[!@#]|[a-z]+:)", RegexOptions.IgnoreCase)]
    private static partial Regex Token();
}
