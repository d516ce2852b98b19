using System.Text.Json.Nodes;
using CopilotBot.Channels.Rendering;
using CopilotBot.Conversations;
using CopilotBot.Knowledge;

namespace CopilotBot.Channels.Teams.Rendering;

/// <summary>The cards beside answers, and the envelopes that invokes are answered with (facts 2.4).</summary>
internal static class TeamsCards
{
    private const int MostExamples = 3;

    private const int LongestExample = 100;

    private const int LongestComment = 1000;

    private const int LongestQuote = 500;

    private const int LongestPreview = 120;

    /// <summary>The first message of the bot somewhere.</summary>
    /// <param name="examples">Questions that one press asks; at most three are shown.</param>
    public static JsonObject Welcome(string botName, IReadOnlyList<string> examples)
    {
        var name = PlainText.Clip(botName, LongestExample);
        var body = new JsonArray(
            CardJson.Heading($"Hello, I am {TeamsMarkdown.Escape(name)}."),
            CardJson.Text("I answer questions from your company's pages and tickets, and I show where each sentence comes from. I read only what you may read yourself, and I say so when I find nothing."));
        JsonObject[] asks = [.. examples.Select(example => PlainText.Clip(example, LongestExample)).Where(example => example.Length > 0).Take(MostExamples).Select(CardJson.Ask)];
        body.Add(CardJson.Text(asks.Length > 0 ? "Ask me anything, for example:" : "Ask me anything."));
        return CardJson.Message(CardJson.Card(body, asks), $"Hello, I am {name}.");
    }

    /// <summary>The dialog behind the thumbs: the answer to <c>message/fetchTask</c>. What is sent from it is the data of <see cref="TeamsVerb.Feedback"/>.</summary>
    /// <param name="reaction">"like" or "dislike"; only a dislike is asked for its reason.</param>
    /// <param name="turn">Null when the rated message is not known.</param>
    public static JsonObject FeedbackForm(string reaction, TurnId? turn)
    {
        var isLike = reaction == "like";
        var body = new JsonArray();
        if (!isLike)
        {
            body.Add(new JsonObject
            {
                ["type"] = "Input.ChoiceSet",
                ["id"] = TeamsVerb.ReasonKey,
                ["label"] = "What is wrong with it?",
                ["style"] = "expanded",
                ["isRequired"] = true,
                ["errorMessage"] = "Please choose one.",
                ["choices"] = new JsonArray([.. VoteReason.All.Select(reason => new JsonObject { ["title"] = reason.Title, ["value"] = reason.Value })]),
            });
        }

        body.Add(new JsonObject
        {
            ["type"] = "Input.Text",
            ["id"] = TeamsVerb.CommentKey,
            ["label"] = isLike ? "What was good about it? (optional)" : "Anything else? (optional)",
            ["isMultiline"] = true,
            ["maxLength"] = LongestComment,
        });
        var data = new JsonObject { [TeamsVerb.VerbKey] = TeamsVerb.Feedback, [TeamsVerb.ReactionKey] = isLike ? "like" : "dislike" };
        if (turn is { } rated)
        {
            data[TeamsVerb.TurnKey] = rated.Value;
        }

        return TaskCard(isLike ? "What helped you?" : "What went wrong?", CardJson.Card(body, CardJson.Submit("Send", data)), isLike ? "small" : "medium");
    }

    public static JsonObject ThankYou() => CardJson.Card(new JsonArray(CardJson.Text("Thank you: it helps to make the answers better.")));

    /// <summary>What the person who pressed "Ask privately" sees.</summary>
    /// <param name="isReached">False when they do not have the bot in a personal chat, so that it cannot write to them.</param>
    public static JsonObject AskPrivatelyConfirmation(bool isReached) => CardJson.Card(new JsonArray(CardJson.Text(AskPrivatelyText(isReached))));

    /// <summary>The same as words, for <see cref="InvokeMessage"/>: it leaves the card with the sources as it is, where a card in reply takes its place.</summary>
    public static string AskPrivatelyText(bool isReached) => isReached
        ? "I am writing to you in our personal chat, from everything that you may read."
        : "I cannot write to you yet: open a personal chat with me first, and then press “Ask privately” again.";

    /// <summary>A result of the message extension: what it puts into the message, and the line in the list of results.</summary>
    public static JsonObject SearchResult(Citation citation, DateTimeOffset now)
    {
        var body = new JsonArray(CardJson.Heading(SourceView.Title(citation)), CardJson.Subtle(SourceView.Place(citation, now)));
        if (SourceView.Quote(citation, LongestQuote, lines: null) is { } quote)
        {
            body.Add(quote);
        }

        var card = SafeLink.Parse(citation.Url) is { } url
            ? CardJson.Card(body, new JsonObject { ["type"] = "Action.OpenUrl", ["title"] = "Open", ["url"] = url })
            : CardJson.Card(body);
        var result = CardJson.Attachment(card);
        result["preview"] = new JsonObject
        {
            ["contentType"] = "application/vnd.microsoft.card.thumbnail",
            ["content"] = new JsonObject
            {
                ["title"] = Preview(citation.Title) is { Length: > 0 } title ? title : "Untitled",
                ["text"] = Preview($"{SourceAge.Describe(citation.Updated, now)} · {citation.Quote}"),
            },
        };
        return result;
    }

    /// <summary>The answer to <c>composeExtension/query</c>.</summary>
    public static JsonObject SearchResults(IEnumerable<JsonObject> results) => new()
    {
        ["composeExtension"] = new JsonObject { ["type"] = "result", ["attachmentLayout"] = "list", ["attachments"] = new JsonArray([.. results]) },
    };

    /// <summary>The answer to <c>composeExtension/query</c> when there is no result.</summary>
    public static JsonObject SearchMessage(string text) => new() { ["composeExtension"] = new JsonObject { ["type"] = "message", ["text"] = text } };

    /// <param name="height">"small", "medium" or "large".</param>
    public static JsonObject TaskCard(string title, JsonObject card, string height) => new()
    {
        ["task"] = new JsonObject
        {
            ["type"] = "continue",
            ["value"] = new JsonObject { ["title"] = title, ["width"] = "small", ["height"] = height, ["card"] = CardJson.Attachment(card) },
        },
    };

    public static JsonObject TaskMessage(string text) => new() { ["task"] = new JsonObject { ["type"] = "message", ["value"] = text } };

    /// <summary>The answer to <c>adaptiveCard/action</c> that puts a card in the place of the pressed one, for the person who pressed it alone.</summary>
    public static JsonObject InvokeCard(JsonObject card) => new() { ["statusCode"] = 200, ["type"] = CardJson.ContentType, ["value"] = card };

    /// <summary>The answer to <c>adaptiveCard/action</c> that leaves the card as it is.</summary>
    /// <param name="text">Not empty: Teams takes an empty one for a failure.</param>
    public static JsonObject InvokeMessage(string text) => new() { ["statusCode"] = 200, ["type"] = "application/vnd.microsoft.activity.message", ["value"] = text };

    /// <summary>Thumbnail cards read some HTML and no escapes of Markdown: brackets that only look like brackets are the safe ones.</summary>
    private static string Preview(string text) => PlainText.Clip(text, LongestPreview).Replace('<', '‹').Replace('>', '›');
}
