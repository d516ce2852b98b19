using System.Text.Json.Nodes;
using CopilotBot.Channels.Rendering;
using CopilotBot.Conversations;

namespace CopilotBot.Channels.Slack.Rendering;

/// <summary>Forms and the home tab (facts/slack.md §3, §4.1).</summary>
internal static class SlackViews
{
    private const int MostExamples = 4;

    private const int LongestExample = 150;

    private const int LongestComment = 2000;

    private const string Introduction =
        "I answer questions from your company's pages and tickets, and I show where each sentence comes from. I read only what you may read yourself, and I say so when I find nothing.";

    private static readonly (string Name, string Use)[] Ways =
    [
        ("A direct message", "ask me anything; I answer from everything that you may read."),
        ("A mention in a channel or thread", "I answer there, from what everybody there may read."),
        ("/ask and a question", "I answer where you are, for your eyes alone; you can share the answer then."),
        ("“Answer this” among the actions of a message", "I answer it in its thread, from what everybody there may read."),
        ("/ticket, or “Open a ticket from this” among the actions of a message", "I draft a ticket from it for you to look over; nothing is written until you confirm."),
        ("/kb help", "says all this again."),
    ];

    /// <summary>The form that a thumb down opens.</summary>
    public static JsonObject ReasonForm(TurnId turn) => new()
    {
        ["type"] = "modal",
        ["callback_id"] = SlackAction.ReasonForm,
        ["private_metadata"] = turn.Value,
        ["title"] = SlackBlocks.Words("What went wrong?"),
        ["submit"] = SlackBlocks.Words("Send"),
        ["close"] = SlackBlocks.Words("Cancel"),
        ["blocks"] = new JsonArray(
            Input(SlackAction.Reason, "What is wrong with it?", new JsonObject
            {
                ["type"] = "radio_buttons",
                ["options"] = new JsonArray([.. VoteReason.All.Select(reason => new JsonObject { ["text"] = SlackBlocks.Words(reason.Title), ["value"] = reason.Value })]),
            }),
            Input(SlackAction.Comment, "Anything else?", new JsonObject { ["type"] = "plain_text_input", ["multiline"] = true, ["max_length"] = LongestComment })),
    };

    /// <summary>A form that only says something.</summary>
    public static JsonObject Said(string words) => new() { ["type"] = "modal", ["title"] = SlackBlocks.Words("CopilotBot"), ["close"] = SlackBlocks.Words("Close"), ["blocks"] = new JsonArray(SlackBlocks.Section(words)) };

    /// <summary>What the bot can do, in the home tab.</summary>
    /// <param name="examples">Questions to begin with; the first four are shown.</param>
    public static JsonObject Home(IReadOnlyList<string> examples)
    {
        var blocks = new JsonArray(
            SlackBlocks.Header("Ask me what your company knows"),
            SlackBlocks.Section(Introduction),
            SlackBlocks.RichText(
                SlackBlocks.RichSection(SlackBlocks.RichBold("Ways to ask")),
                SlackBlocks.RichList("bullet", Ways.Select(way => SlackBlocks.RichSection(SlackBlocks.RichBold(way.Name), SlackBlocks.RichWords($": {way.Use}"))))));
        if (Shown(examples) is { Count: > 0 } shown)
        {
            blocks.Add(SlackBlocks.RichText(
                SlackBlocks.RichSection(SlackBlocks.RichBold("For example")),
                SlackBlocks.RichList("bullet", shown.Select(example => SlackBlocks.RichSection(SlackBlocks.RichWords(example))))));
        }

        return new JsonObject { ["type"] = "home", ["blocks"] = blocks };
    }

    /// <summary>The same for "/kb help", as one message.</summary>
    public static SlackMessage Help(IReadOnlyList<string> examples)
    {
        string[] lines = [Introduction, "", .. Ways.Select(way => $"- **{way.Name}**: {way.Use}")];
        if (Shown(examples) is { Count: > 0 } shown)
        {
            lines = [.. lines, "", "For example:", "", .. shown.Select(example => $"- {SlackMarkdown.Escape(example)}")];
        }

        return new SlackMessage(SlackPlain.Fallback(Introduction), string.Join('\n', lines), []);
    }

    private static List<string> Shown(IReadOnlyList<string> examples) =>
        [.. examples.Select(example => PlainText.Clip(example, LongestExample)).Where(example => example.Length > 0).Take(MostExamples)];

    private static JsonObject Input(string id, string label, JsonObject element)
    {
        element["action_id"] = id;
        return new JsonObject { ["type"] = "input", ["block_id"] = id, ["optional"] = true, ["label"] = SlackBlocks.Words(label), ["element"] = element };
    }
}
