using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CopilotBot.Answering;
using CopilotBot.Channels.Rendering;

namespace CopilotBot.Channels.Slack.Rendering;

/// <summary>
/// The visible messages of an answer, in order: its text, its tables, its sources, and what can be done with it, in as few messages as Slack takes (facts/slack.md §3). Thumbs and
/// buttons stand once, on the last.
/// </summary>
internal static partial class SlackAnswerRenderer
{
    /// <summary>Characters of all blocks of a message as JSON; Slack was seen to refuse some 13,200.</summary>
    public const int MaximumLength = 11_000;

    /// <summary>Of which Markdown may be so many: its block, and an escape that the end of a part may need, take the rest.</summary>
    public const int MaximumMarkdown = MaximumLength - 50;

    private const int LongestQuestion = 300;

    /// <summary>What is shown to one person alone goes through an address that takes five messages in all.</summary>
    private const int MostEphemeral = 4;

    private const string GoesOn = "This answer goes on: ask me in a direct message to read all of it.";

    public static IReadOnlyList<SlackMessage> Render(Answer answer, SlackFrame frame)
    {
        var (lines, tables) = Parse(answer.Text);
        var messages = WriteTexts(lines, frame);
        foreach (var table in tables)
        {
            Append(messages, SlackTable.Create(table, MaximumLength - 2), "A table of the answer");
        }

        var closing = WriteClosing(answer, frame);
        var lists = SlackSources.Lists(answer.Citations, frame.Now, MaximumLength - closing.Sum(block => SlackMessage.LengthOf(block) + 1) - 200);
        if (frame.Place == SlackPlace.Ephemeral)
        {
            closing = lists.Count > 0 ? [SlackSources.FirstOf(lists, answer.Citations.Count), .. closing] : closing;
            Append(messages, closing, "Sources of the answer");
            return messages.Count <= MostEphemeral ? messages : Shorten(messages, closing);
        }

        foreach (var list in lists.SkipLast(1))
        {
            Append(messages, [list], "Sources of the answer");
        }

        Append(messages, [.. lists.TakeLast(1), .. closing], "Sources of the answer");
        return messages;
    }

    /// <summary>The Markdown of an answer that is not finished, as the first message of the finished one will begin; null where that cannot be said, as within a table.</summary>
    /// <param name="text">Whole lines.</param>
    /// <param name="citations">How many sources it has so far.</param>
    [SuppressMessage("Style", "IDE0060", Justification = "Every channel's draft is told; in Slack a marker is written like any other words.")]
    public static string? Draft(string text, int citations, SlackFrame frame)
    {
        var (lines, tables) = Parse(text);
        return tables.Count == 0 && !text.Contains('|', StringComparison.Ordinal) && Split(lines, Heading(frame)) is [var only] ? Heading(frame) + only : null;
    }

    /// <summary>A bullet that is a letter swallows the lines after it in Slack (facts/slack.md §2.1): what it begins is an item.</summary>
    private static AnswerLines Parse(string text)
    {
        var parsed = AnswerLines.Parse(text);
        return parsed with { Lines = [.. parsed.Lines.Select(line => line.Text.TrimStart('•', ' ') is var words && words.Length < line.Text.Length ? new AnswerLine(line.IsItem ? line.Prefix : "- ", words) : line)] };
    }

    private static IReadOnlyList<string> Split(IReadOnlyList<AnswerLine> lines, string heading) =>
        MessageSplitter.Split(lines, SlackMarkdown.Pieces, SlackMessage.LengthOf, MaximumMarkdown, SlackMessage.LengthOf(heading));

    private static List<SlackMessage> WriteTexts(IReadOnlyList<AnswerLine> lines, SlackFrame frame)
    {
        var heading = Heading(frame);
        var texts = Split(lines, heading) is { Count: > 0 } split ? split : ["There is no text in this answer."];
        return [.. texts.Select((text, part) => new SlackMessage(SlackPlain.Fallback(SlackMarkdown.Plain(text)), part == 0 ? heading + text : text, []))];
    }

    /// <summary>How an answer begins whose question stands elsewhere. The mention is ours, and the only one that is one.</summary>
    private static string Heading(SlackFrame frame) =>
        PlainText.Clip(frame.Quoted ?? "", LongestQuestion) is not { Length: > 0 } question ? ""
        : frame.AskedBy is { } person && UserId().IsMatch(person) ? $"<@{person}> asked: {SlackMarkdown.Italic(question)}\n\n"
        : $"{SlackMarkdown.Italic(question)}\n\n";

    /// <summary>What stands below everything else.</summary>
    private static JsonObject[] WriteClosing(Answer answer, SlackFrame frame)
    {
        var closing = new List<JsonObject>();
        if (answer.Related is { } related)
        {
            closing.Add(SlackBlocks.RichText(SlackBlocks.RichSection(
                SlackBlocks.RichWords("Maybe related: "), SlackBlocks.RichLink(PlainText.Title(related.Title), SafeLink.Parse(related.Url)))));
        }

        if (answer.Choices.Count > 0)
        {
            closing.Add(new JsonObject
            {
                ["type"] = "actions",
                ["elements"] = new JsonArray([.. answer.Choices.Select(choice => new JsonObject
                {
                    ["type"] = "button", ["action_id"] = $"{SlackAction.Choose}{choice.Intent}", ["text"] = SlackBlocks.Words(choice.Label), ["value"] = answer.TurnId.Value,
                })]),
            });
        }

        if (answer.Outcome == AnswerOutcome.Reply)
        {
            return [.. closing];
        }

        if (answer.Outcome != AnswerOutcome.Failed)
        {
            closing.Add(SlackBlocks.Context("Answers are made from your company's pages and can be wrong: check the sources."));
        }

        var turn = answer.TurnId.Value;
        if (answer.Outcome is AnswerOutcome.Grounded or AnswerOutcome.NoEvidence)
        {
            closing.Add(new JsonObject
            {
                ["type"] = "context_actions",
                ["elements"] = new JsonArray(new JsonObject
                {
                    ["type"] = "feedback_buttons",
                    ["action_id"] = SlackAction.Vote,
                    ["positive_button"] = Thumb("Good answer", $"{SlackAction.Up}:{turn}", "This answer helped me"),
                    ["negative_button"] = Thumb("Bad answer", $"{SlackAction.Down}:{turn}", "This answer did not help me"),
                }),
            });
        }

        if (frame.Place != SlackPlace.Personal)
        {
            closing.Add(frame.Place == SlackPlace.Shared ? SlackBlocks.Button(SlackAction.AskPrivately, "Ask privately", turn) : SlackBlocks.Button(SlackAction.Share, "Share with channel", turn));
        }

        return [.. closing];
    }

    private static JsonObject Thumb(string text, string value, string label) => new() { ["text"] = SlackBlocks.Words(text), ["value"] = value, ["accessibility_label"] = label };

    /// <summary>Adds blocks that belong together to the last message, or to a new one where they do not fit.</summary>
    /// <param name="words">What a notification says of a message that has no text.</param>
    private static void Append(List<SlackMessage> messages, JsonObject[] blocks, string words)
    {
        var last = messages[^1];
        var joined = last with { Blocks = [.. last.Blocks.Select(block => block!.DeepClone()), .. blocks.Select(block => block.DeepClone())] };
        if (Fits(joined))
        {
            messages[^1] = joined;
        }
        else
        {
            messages.Add(new SlackMessage(words, "", [.. blocks.Select(block => block.DeepClone())]));
        }
    }

    /// <summary>Slack takes one table in a message, and a second list of sources would be a wall of links.</summary>
    private static bool Fits(SlackMessage message) =>
        message.MeasureBlocks() <= MaximumLength && message.Blocks.Count(IsTable) <= 1 && message.Blocks.Count(IsList) <= 1;

    private static bool IsTable(JsonNode? block) => block!["type"]!.GetValue<string>() == "table";

    private static bool IsList(JsonNode? block) => block!["elements"]?.AsArray().Any(part => part!["type"]!.GetValue<string>() == "rich_text_list") == true;

    /// <summary>As many messages as there may be; the last says that there is more.</summary>
    private static List<SlackMessage> Shorten(List<SlackMessage> messages, JsonObject[] closing)
    {
        var cut = messages[MostEphemeral - 1];
        var last = new SlackMessage(GoesOn, GoesOn, [.. closing.Select(block => block.DeepClone())]);
        var longer = last with { Text = cut.Text, Markdown = $"{cut.Markdown}\n\n{GoesOn}" };
        return [.. messages.Take(MostEphemeral - 1), cut.Markdown.Length > 0 && Fits(longer) ? longer : last];
    }

    [GeneratedRegex(@"^[UW][A-Z0-9]{1,30}\z")]
    private static partial Regex UserId();
}
