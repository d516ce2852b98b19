using System.Globalization;
using System.Text.Json;

namespace CopilotBot.FakeTeams;

/// <summary>The root message entity with label and citations, facts §3.1.</summary>
internal static class AiEntityRules
{
    public const string RootType = "https://schema.org/Message";
    private const string Facts = "§3.1";
    private const int Citations = 20;
    private const int NameLength = 80;
    private const int AbstractLength = 160;
    private const int Keywords = 3;
    private const int KeywordLength = 28;

    private static readonly HashSet<string> Icons =
    [
        "Microsoft Word", "Microsoft Excel", "Microsoft PowerPoint", "Microsoft OneNote", "Microsoft SharePoint", "Microsoft Visio", "Microsoft Loop", "Microsoft Whiteboard",
        "Adobe Illustrator", "Adobe Photoshop", "Adobe InDesign", "Adobe Flash", "Sketch", "Source Code", "Image", "GIF", "Video", "Sound", "ZIP", "Text", "PDF",
    ];

    public static IEnumerable<Finding> Check(JsonElement activity)
    {
        List<JsonElement> roots = [.. activity.List("entities").Where(entity => entity.Text("type") == RootType)];
        if (roots.Count > 1)
        {
            yield return Finding.BadSyntax("root-entity-count", Facts, $"{roots.Count} root message entities; one is allowed.");
        }

        foreach (var finding in roots.SelectMany(root => CheckRoot(root, activity.Text("text") ?? "")))
        {
            yield return finding;
        }
    }

    private static IEnumerable<Finding> CheckRoot(JsonElement root, string text)
    {
        if (root.Text("@type") != "Message")
        {
            yield return Finding.BadSyntax("root-entity-type", Facts, "The root entity needs \"@type\":\"Message\".");
        }

        if (root.Get("additionalType") is { ValueKind: not JsonValueKind.Array })
        {
            yield return Finding.BadSyntax("additional-type", Facts, "additionalType must be an array.");
        }

        if (root.Get("citation") is { ValueKind: not JsonValueKind.Array })
        {
            yield return Finding.BadSyntax("citation-list", Facts, "citation must be an array.");
        }

        var citations = root.List("citation");
        if (citations.Count > Citations)
        {
            yield return Finding.BadSyntax("citation-count", Facts, $"{citations.Count} citations; {Citations} are allowed.");
        }

        foreach (var twice in citations.Select(citation => citation.Number("position")).OfType<int>().GroupBy(position => position).Where(group => group.Count() > 1))
        {
            yield return Finding.BadSyntax("citation-position-unique", Facts, $"Position {twice.Key} is used twice.");
        }

        var label = root.Get("usageInfo").Text("@id");
        foreach (var finding in citations.SelectMany(citation => CheckCitation(citation, text, label)))
        {
            yield return finding;
        }
    }

    private static IEnumerable<Finding> CheckCitation(JsonElement citation, string text, string? label)
    {
        if (citation.Text("@type") != "Claim")
        {
            yield return Finding.BadSyntax("citation-type", Facts, "A citation needs \"@type\":\"Claim\".");
        }

        if (citation.Number("position") is not { } position)
        {
            yield return Finding.BadSyntax("citation-position", Facts, "position must be an integer.");
        }
        else if (!text.Contains(string.Create(CultureInfo.InvariantCulture, $"[{position}]"), StringComparison.Ordinal))
        {
            yield return Finding.Note("citation-in-text", Facts, $"[{position}] does not occur in the text.");
        }

        if (citation.Get("appearance") is not { ValueKind: JsonValueKind.Object } appearance || !appearance.EnumerateObject().Any())
        {
            yield return Finding.BadSyntax("citation-appearance", Facts, "appearance is missing or empty.");
            yield break;
        }

        if (appearance.Get("usageInfo").Text("@id") is { } own && own != label)
        {
            yield return Finding.BadSyntax("citation-label", Facts, "The citation's usageInfo @id is not the message's.");
        }

        foreach (var finding in CheckAppearance(appearance))
        {
            yield return finding;
        }
    }

    private static IEnumerable<Finding> CheckAppearance(JsonElement appearance)
    {
        if (appearance.Text("@type") != "DigitalDocument")
        {
            yield return Finding.BadSyntax("citation-type", Facts, "An appearance needs \"@type\":\"DigitalDocument\".");
        }

        var name = appearance.Text("name");
        if (string.IsNullOrWhiteSpace(name))
        {
            yield return Finding.BadSyntax("citation-name", Facts, "name is required.");
        }
        else if (name.Length > NameLength)
        {
            yield return Finding.Note("citation-name-length", Facts, $"name has {name.Length} characters; {NameLength} are shown.");
        }

        var summary = appearance.Text("abstract");
        if (string.IsNullOrWhiteSpace(summary))
        {
            yield return Finding.BadSyntax("citation-abstract", Facts, "abstract is required and not empty.");
        }
        else if (summary.Length > AbstractLength)
        {
            yield return Finding.Note("citation-abstract-length", Facts, $"abstract has {summary.Length} characters; {AbstractLength} are shown.");
        }

        var keywords = appearance.List("keywords");
        if (keywords.Count > Keywords)
        {
            yield return Finding.BadSyntax("citation-keywords", Facts, $"{keywords.Count} keywords; {Keywords} are allowed.");
        }

        if (keywords.Any(keyword => keyword.ValueKind != JsonValueKind.String || keyword.GetString()!.Length > KeywordLength))
        {
            yield return Finding.Note("citation-keyword-length", Facts, $"A keyword is a text of at most {KeywordLength} characters.");
        }

        if (appearance.Get("image") is { } image && (image.Text("@type") != "ImageObject" || !Icons.Contains(image.Text("name") ?? "")))
        {
            yield return Finding.Note("citation-image", Facts, $"The icon {image.Text("name") ?? "(none)"} is not on the list, or is no ImageObject.");
        }

        foreach (var finding in CheckModal(appearance.Text("text"), appearance.Text("encodingFormat")))
        {
            yield return finding;
        }
    }

    /// <summary>The card that a citation opens: shown only, so without inputs and actions.</summary>
    private static IEnumerable<Finding> CheckModal(string? text, string? format)
    {
        if (format is not null && (text is null || format is not (CardRules.ContentType or "text/plain")))
        {
            yield return Finding.Note("citation-format", Facts, $"encodingFormat {format} without a text, or unknown.");
        }

        if (text is null || format != CardRules.ContentType)
        {
            yield break;
        }

        if (JsonReading.Parse(text) is not { ValueKind: JsonValueKind.Object } card)
        {
            yield return Finding.Note("citation-card", Facts, "text is not the JSON text of a card.");
        }
        else if (CardRules.Elements(card).Any(element => element.Text("type") is { } type && (type.StartsWith("Input.", StringComparison.Ordinal) || type.StartsWith("Action.", StringComparison.Ordinal))))
        {
            yield return Finding.Note("citation-card", Facts, "The card of a citation has no inputs and no actions.");
        }
    }
}
