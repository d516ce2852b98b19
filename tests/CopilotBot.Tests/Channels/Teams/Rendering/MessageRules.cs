using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Channels.Teams.Rendering;

/// <summary>What Teams asks of messages and cards and tells nobody until a person sees nothing (facts 2.6, 3.1, 3.4 and 4).</summary>
internal static class MessageRules
{
    private static readonly string[] Icons =
    [
        "Microsoft Word", "Microsoft Excel", "Microsoft PowerPoint", "Microsoft Visio", "Source Code", "Image", "GIF", "Video", "Sound", "ZIP", "Text", "PDF",
    ];

    public static void ShouldHold(IEnumerable<JsonObject> messages)
    {
        foreach (var message in messages)
        {
            Text(message["type"]).ShouldBe("message");
            IsWellFormed(message).ShouldBeTrue();
            (message["text"] is null).ShouldBe(message["attachments"] is not null, "text and card are two messages");
            (message["entities"]?.AsArray().Count ?? 0).ShouldBeLessThanOrEqualTo(1);
            CheckCitations(message);
            (message["suggestedActions"]?["actions"]?.AsArray().Count ?? 0).ShouldBeLessThanOrEqualTo(3);
            Cards(message).ToList().ForEach(CheckCard);
            Strings(message).Sum(Encoding.Unicode.GetByteCount).ShouldBeLessThan(80 * 1024);
        }
    }

    /// <summary>All cards in a message, an invoke's answer or an attachment.</summary>
    public static IEnumerable<JsonObject> Cards(JsonNode? node) => All(node).Where(candidate => Text(candidate["type"]) == "AdaptiveCard");

    public static void CheckCard(JsonObject card)
    {
        Text(card["version"]).ShouldBe("1.5");
        JsonSerializer.SerializeToUtf8Bytes(card).Length.ShouldBeLessThanOrEqualTo(28 * 1024);
        foreach (var action in All(card).Where(candidate => Text(candidate["type"]) is "Action.Execute"))
        {
            Text(action["verb"]).ShouldNotBeNullOrEmpty();
            Text(action["fallback"]!["type"]).ShouldBe("Action.Submit");
            Text(action["fallback"]!["data"]!["verb"]).ShouldBe(Text(action["verb"]));
            Text(action["fallback"]!["data"]!["turn"]).ShouldBe(Text(action["data"]!["turn"]));
        }

        var ids = All(card).Select(candidate => Text(candidate["id"])).OfType<string>().ToList();
        ids.ShouldBe(ids.Distinct());
        foreach (var toggle in All(card).Where(candidate => Text(candidate["type"]) is "Action.ToggleVisibility"))
        {
            toggle["targetElements"]!.AsArray().Select(Text).ShouldBeSubsetOf(ids);
        }

        foreach (var text in All(card).Where(candidate => Text(candidate["type"]) is "TextBlock"))
        {
            Text(text["text"]).ShouldNotBeNullOrWhiteSpace();
        }
    }

    /// <summary>Slow: for one card of each kind. The schema knows nothing of what Teams adds.</summary>
    public static void ShouldBeValid(JsonObject card)
    {
        var plain = card.DeepClone();
        All(plain).ToList().ForEach(node => node.Remove("msteams"));
        OfficialSchema.Card.Faults(plain).ShouldBeEmpty();
    }

    private static void CheckCitations(JsonObject message)
    {
        if (message["entities"]?[0] is not { } entity)
        {
            return;
        }

        (Text(entity["type"]), Text(entity["@type"]), Text(entity["@context"]), Text(entity["@id"])).ShouldBe(("https://schema.org/Message", "Message", "https://schema.org", ""));
        (entity["additionalType"] is null or JsonArray).ShouldBeTrue();
        var claims = entity["citation"]?.AsArray() ?? [];
        var positions = claims.Select(claim => claim!["position"]!.GetValue<int>()).ToList();
        positions.Count.ShouldBeLessThanOrEqualTo(20);
        positions.ShouldBe(positions.Distinct());
        positions.ShouldAllBe(position => Text(message["text"])!.Contains($"[{position}]", StringComparison.Ordinal));
        foreach (var appearance in claims.Select(claim => claim!["appearance"]!))
        {
            Text(appearance["name"])!.Length.ShouldBeInRange(1, 80);
            Text(appearance["abstract"])!.Length.ShouldBeInRange(1, 160);
            Text(appearance["image"]!["name"]).ShouldBeOneOf(Icons);
            appearance["keywords"]!.AsArray().Count.ShouldBeInRange(1, 3);
            appearance["keywords"]!.AsArray().Select(Text).ShouldAllBe(keyword => keyword!.Length > 0 && keyword.Length <= 28);
            if (appearance["url"] is { } url)
            {
                Regex.IsMatch(Text(url)!, "^https?://").ShouldBeTrue();
            }
        }
    }

    private static IEnumerable<JsonObject> All(JsonNode? node) => node switch
    {
        JsonObject fields => fields.SelectMany(field => All(field.Value)).Prepend(fields),
        JsonArray items => items.SelectMany(All),
        _ => [],
    };

    /// <summary>Teams counts characters, not how JSON escapes them.</summary>
    private static IEnumerable<string> Strings(JsonNode? node) => node switch
    {
        JsonObject fields => fields.SelectMany(field => Strings(field.Value).Prepend(field.Key)),
        JsonArray items => items.SelectMany(Strings),
        _ => [node?.ToString() ?? ""],
    };

    /// <summary>No string holds half of a surrogate pair.</summary>
    private static bool IsWellFormed(JsonNode node) => Strings(node).All(text => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text);

    internal static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
