using System.Text.Json.Nodes;
using CopilotBot.Answering;
using CopilotBot.Channels.Rendering;

namespace CopilotBot.Channels.Teams.Rendering;

/// <summary>
/// The visible messages of an answer, in order: its text in one or more messages, its tables as a card, and last a card with the sources. Text and card are never in one message:
/// Teams would split it and tell no id (facts 2.6). Thumbs belong to the first message, whose id is the one to remember; suggestions to the last one with text.
/// </summary>
internal static class TeamsAnswerRenderer
{
    private const int LongestQuestion = 300;

    /// <summary>UTF-16 units of one message: Teams counts some 50,000 with everything that belongs to it (facts 2.6).</summary>
    public const int MaximumLength = 25_000;

    public static IReadOnlyList<JsonObject> Render(Answer answer, AnswerFrame frame)
    {
        if (answer.Ticket is { } ticket)
        {
            return TeamsTicketRenderer.Render(ticket, frame);
        }

        var (lines, tables) = AnswerLines.Parse(answer.Text);
        var texts = WriteTexts(answer, lines);
        var messages = new List<JsonObject>();
        foreach (var text in texts)
        {
            messages.Add(WriteMessage(text, answer, frame));
        }

        if (answer.Outcome is AnswerOutcome.Grounded or AnswerOutcome.NoEvidence)
        {
            messages[0]["channelData"] = new JsonObject { ["feedbackLoop"] = new JsonObject { ["type"] = "custom" } };
        }

        if (frame.IsPersonal && SuggestedQuestions.For(answer, frame.Question) is { Count: > 0 } suggestions)
        {
            var actions = suggestions.Select(question => new JsonObject { ["type"] = "imBack", ["title"] = question, ["value"] = question });
            messages[^1]["suggestedActions"] = new JsonObject { ["actions"] = new JsonArray([.. actions]) };
        }

        if (tables.Count > 0)
        {
            messages.Add(WithEntity(CardJson.Message(TablesCard.Create(tables), "A table of the answer"), MessageEntity.Create(IsGenerated(answer), [], frame)));
        }

        if (answer.Outcome == AnswerOutcome.Reply)
        {
            return answer.Choices.Count == 0 ? messages : [.. messages, CardJson.Message(CardJson.Card([CardJson.Text("Please choose:")], [.. answer.Choices.Select(choice => SourcesCard.Choose(answer.TurnId, choice))]), "Please choose")];
        }

        if (SourcesCard.Create(answer, frame) is { } sources)
        {
            messages.Add(WithEntity(CardJson.Message(sources, answer.Citations.Count > 0 ? "Sources of the answer" : "Ask privately"), MessageEntity.Create(isGenerated: false, [], frame)));
        }

        return messages;
    }

    /// <summary>The text of an answer that is not finished, as the finished one will begin; null where that cannot be said, as within a table.</summary>
    /// <param name="citations">How many sources it has so far.</param>
    public static string? Draft(string text, int citations)
    {
        var (lines, tables) = AnswerLines.Parse(text);
        var messages = Split(lines, Enumerable.Range(1, citations).ToHashSet());
        return tables.Count == 0 && !text.Contains('|', StringComparison.Ordinal) && messages is [var only] ? only : null;
    }

    /// <summary>How an answer begins whose question stands elsewhere.</summary>
    public static string Quote(string question) => $"*{TeamsMarkdown.Escape(PlainText.Clip(PlainText.OneLine(question), LongestQuestion))}*\n\n";

    private static IReadOnlyList<string> Split(IReadOnlyList<AnswerLine> lines, IReadOnlySet<int> sources) =>
        MessageSplitter.Split(lines, line => TeamsMarkdown.Pieces(line, sources), markdown => markdown.Length, MaximumLength);

    private static List<string> WriteTexts(Answer answer, IReadOnlyList<AnswerLine> lines)
    {
        List<string> texts = [.. Split(lines, answer.Citations.Select(citation => citation.Number).ToHashSet())];
        if (answer.Related is { } related)
        {
            var line = $"Maybe related: {TeamsMarkdown.Link(related.Title, related.Url)}";
            if (texts is [.., var last] && last.Length + line.Length + 2 <= MaximumLength)
            {
                texts[^1] = $"{last}\n\n{line}";
            }
            else
            {
                texts.Add(line);
            }
        }

        return texts.Count > 0 ? texts : ["There is no text in this answer."];
    }

    /// <remarks>
    /// Teams refuses a message with more than 20 citations, and shows a marker without a citation as bare text that leads nowhere. So the first 20 sources of each message keep
    /// their markers and the markers of others go; the card below still lists every source.
    /// </remarks>
    private static JsonObject WriteMessage(string text, Answer answer, AnswerFrame frame)
    {
        var positions = TeamsMarkdown.Positions(text);
        var kept = positions.Take(MessageEntity.MostCitations).ToHashSet();
        var message = new JsonObject
        {
            ["type"] = "message",
            ["textFormat"] = "markdown",
            ["text"] = positions.Count == kept.Count ? text : TeamsMarkdown.RemoveMarkers(text, positions.Skip(MessageEntity.MostCitations).ToHashSet()),
        };
        var cited = answer.Citations.Where(citation => kept.Contains(citation.Number)).DistinctBy(citation => citation.Number);
        return WithEntity(message, MessageEntity.Create(IsGenerated(answer), cited, frame));
    }

    public static JsonObject WithEntity(JsonObject message, JsonObject? entity)
    {
        if (entity is not null)
        {
            message["entities"] = new JsonArray(entity);
        }

        return message;
    }

    private static bool IsGenerated(Answer answer) => answer.Outcome != AnswerOutcome.Failed;
}
