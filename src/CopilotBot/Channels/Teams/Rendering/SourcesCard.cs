using System.Globalization;
using System.Text.Json.Nodes;
using CopilotBot.Answering;
using CopilotBot.Conversations;
using CopilotBot.Knowledge;

namespace CopilotBot.Channels.Teams.Rendering;

/// <summary>The sources of an answer, and where others read along the offer to ask privately.</summary>
internal static class SourcesCard
{
    /// <summary>Sources that are seen without a press.</summary>
    private const int Shown = 5;

    private const int LongestQuote = 300;

    private const string MoreId = "more";

    private const string ShowMoreId = "showMore";

    /// <returns>Null in a personal chat when there is no source and nothing to choose.</returns>
    public static JsonObject? Create(Answer answer, AnswerFrame frame)
    {
        if (answer.Citations.Count == 0 && !frame.OffersPrivate && answer.Choices.Count == 0)
        {
            return null;
        }

        var card = Write(answer, frame, answer.Citations.Count, hasQuotes: true);
        for (var count = answer.Citations.Count; !CardJson.Fits(card) && count >= 0; count--)
        {
            card = Write(answer, frame, count, hasQuotes: false);
        }

        return card;
    }

    private static JsonObject Write(Answer answer, AnswerFrame frame, int count, bool hasQuotes)
    {
        JsonObject[] sources = [.. answer.Citations.Take(count).Select(citation => Source(citation, frame.Now, hasQuotes))];
        var body = new JsonArray();
        if (answer.Citations.Count > 0)
        {
            body.Add(CardJson.Heading("Sources"));
            Add(body, sources.Take(Shown));
            if (sources.Length > Shown)
            {
                var more = new JsonArray();
                Add(more, sources.Skip(Shown));
                more.Add(Toggle("Show fewer", id: null));
                body.Add(Toggle("Show more", ShowMoreId));
                body.Add(new JsonObject { ["type"] = "Container", ["id"] = MoreId, ["isVisible"] = false, ["items"] = more });
            }

            if (!hasQuotes)
            {
                body.Add(CardJson.Subtle(count == answer.Citations.Count
                    ? "The quotes are left out: they would not fit."
                    : string.Create(CultureInfo.InvariantCulture, $"Only {count} of {answer.Citations.Count} sources are shown, without quotes: the rest would not fit.")));
            }
        }

        JsonObject[] choices = [.. answer.Choices.Select(choice => Choose(answer.TurnId, choice))];
        if (!frame.OffersPrivate)
        {
            if (answer.Citations.Count == 0)
            {
                body.Add(CardJson.Text("Or did you mean:"));
            }

            return CardJson.Card(body, choices);
        }

        var scope = CardJson.Subtle("I answered from what everybody here may read.");
        scope["spacing"] = "medium"; // it belongs to the whole card, not to the source above
        body.Add(scope);
        return CardJson.Card(body, [AskPrivately(answer.TurnId), .. choices]);
    }

    public static JsonObject Choose(TurnId turn, AnswerChoice choice) =>
        CardJson.Execute(choice.Label, TeamsVerb.Choose, new JsonObject { [TeamsVerb.TurnKey] = turn.Value, [TeamsVerb.IntentKey] = choice.Intent });

    private static void Add(JsonArray items, IEnumerable<JsonObject> sources)
    {
        foreach (var source in sources)
        {
            items.Add(source);
        }
    }

    private static JsonObject Source(Citation citation, DateTimeOffset now, bool hasQuote)
    {
        var number = citation.Number.ToString(CultureInfo.InvariantCulture);
        var items = new JsonArray(CardJson.Text($@"\[{number}\] {SourceView.Title(citation)}"), CardJson.Subtle(SourceView.Place(citation, now)));
        if (hasQuote && SourceView.Quote(citation, LongestQuote, lines: 2) is { } quote)
        {
            items.Add(quote);
        }

        return new JsonObject { ["type"] = "Container", ["id"] = $"source-{number}", ["items"] = items };
    }

    private static JsonObject Toggle(string title, string? id)
    {
        var action = new JsonObject { ["type"] = "Action.ToggleVisibility", ["title"] = title, ["targetElements"] = new JsonArray(MoreId, ShowMoreId) };
        var set = new JsonObject { ["type"] = "ActionSet", ["actions"] = new JsonArray(action) };
        if (id is not null)
        {
            set["id"] = id;
        }

        return set;
    }

    private static JsonObject AskPrivately(TurnId turn) => CardJson.Execute("Ask privately", TeamsVerb.AskPrivately, new JsonObject { [TeamsVerb.TurnKey] = turn.Value });
}
