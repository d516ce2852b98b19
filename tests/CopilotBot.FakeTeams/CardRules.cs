using System.Text;
using System.Text.Json;

namespace CopilotBot.FakeTeams;

/// <summary>Adaptive Cards, facts §4.</summary>
internal static class CardRules
{
    public const string ContentType = "application/vnd.microsoft.card.adaptive";
    private const string Facts = "§4";
    private const int Bytes = 28 * 1024;
    private const int RefreshUsers = 60;
    private static readonly Version Newest = new(1, 5);

    public static bool IsAdaptive(JsonElement attachment) => attachment.Text("contentType") == ContentType;

    /// <summary>Every object of the card that has a type, the card itself first.</summary>
    public static IEnumerable<JsonElement> Elements(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => (json.Text("type") is null ? [] : new[] { json })
            .Concat(json.EnumerateObject().Where(property => property.Name != "data").SelectMany(property => Elements(property.Value))),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Elements),
        _ => [],
    };

    public static IEnumerable<Finding> Check(JsonElement? content)
    {
        if (content is not { ValueKind: JsonValueKind.Object } card)
        {
            yield return Finding.BadSyntax("card-content", "§6.4", "The content of a card is an object.");
            yield break;
        }

        if (card.Text("type") != "AdaptiveCard")
        {
            yield return Finding.Note("card-type", Facts, "A card has \"type\":\"AdaptiveCard\".");
        }

        if (!Version.TryParse(card.Text("version"), out var version) || version > Newest)
        {
            yield return Finding.Note("card-version", Facts, $"Version {card.Text("version") ?? "(none)"}; Teams documents up to {Newest}.");
        }

        if (Encoding.UTF8.GetByteCount(card.Written()) is var bytes and > Bytes)
        {
            yield return Finding.Refuse("card-size", Facts, 413, "MessageSizeTooBig", $"The card has {bytes} bytes; {Bytes} are allowed.");
        }

        foreach (var finding in Elements(card).SelectMany(CheckAction).Concat(CheckRefresh(card)))
        {
            yield return finding;
        }
    }

    private static IEnumerable<Finding> CheckAction(JsonElement element)
    {
        switch (element.Text("type"))
        {
            case "Action.Execute" when string.IsNullOrEmpty(element.Text("verb")):
                yield return Finding.Note("execute-verb", Facts, $"Action.Execute \"{element.Text("title")}\" has no verb: Teams never sends its invoke.");
                break;
            case "Action.Execute" when element.Get("fallback").Text("type") != "Action.Submit" && element.Text("title") is not null:
                yield return Finding.Note("execute-fallback", Facts, $"Action.Execute \"{element.Text("title")}\" has no Action.Submit as fallback.");
                break;
            case "Action.Http":
                yield return Finding.Note("action-http", Facts, "Teams ignores Action.Http.");
                break;
        }
    }

    private static IEnumerable<Finding> CheckRefresh(JsonElement card)
    {
        if (card.Get("refresh") is not { } refresh)
        {
            yield break;
        }

        if (refresh.List("userIds").Count is 0 or > RefreshUsers)
        {
            yield return Finding.Note("refresh-users", Facts, $"refresh names {refresh.List("userIds").Count} users; 1 to {RefreshUsers} are refreshed.");
        }

        if (refresh.Get("action").Text("type") != "Action.Execute")
        {
            yield return Finding.Note("refresh-action", Facts, "The action of refresh is an Action.Execute.");
        }
    }
}
