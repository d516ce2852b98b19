using System.Text.Json;
using System.Text.RegularExpressions;

namespace CopilotBot.FakeTeams;

/// <summary>What an outbound activity must be, whatever conversation it goes to.</summary>
internal static partial class ActivityRules
{
    public const int SuggestionsShown = 3;
    private const int Utf16Bytes = 100 * 1024;

    public static IEnumerable<Finding> Check(JsonElement activity, bool isStream) =>
        [.. CheckType(activity), .. CheckSize(activity, isStream), .. CheckText(activity, isStream), .. CheckMentions(activity), .. AiEntityRules.Check(activity),
            .. CheckFeedback(activity), .. CheckSuggestions(activity), .. CheckAttachments(activity)];

    private static IEnumerable<Finding> CheckType(JsonElement activity)
    {
        if (activity.Text("type") is not ("message" or "typing"))
        {
            yield return Finding.BadSyntax("activity-type", "§6.4", $"Activity type {activity.Text("type") ?? "(none)"} is not sent to people.");
        }

        if (activity.List("entities").Any(entity => entity.Text("type") is { } type && type != "streaminfo" && type.Equals("streaminfo", StringComparison.OrdinalIgnoreCase)))
        {
            yield return Finding.Note("stream-entity", "§3.3", "The entity type is streaminfo in lower case.");
        }
    }

    private static IEnumerable<Finding> CheckSize(JsonElement activity, bool isStream)
    {
        var bytes = 2 * activity.Written().Length;
        if (bytes > Utf16Bytes)
        {
            yield return isStream
                ? Finding.Refuse("message-size", "§3.3", 403, "ContentStreamNotAllowed", $"Message size too large: {bytes} bytes as UTF-16.")
                : Finding.Refuse("message-size", "§2.6", 413, "MessageSizeTooBig", $"The message has {bytes} bytes as UTF-16; {Utf16Bytes} are allowed.");
        }
    }

    private static IEnumerable<Finding> CheckText(JsonElement activity, bool isStream)
    {
        if (activity.Text("type") != "message")
        {
            yield break;
        }

        var text = activity.Text("text") ?? "";
        if (string.IsNullOrWhiteSpace(text) && activity.List("attachments").Count == 0)
        {
            yield return Finding.BadSyntax("message-empty", "§2.2", "A message has a text or an attachment.");
        }

        if (activity.Text("textFormat") is { } format and not ("plain" or "markdown" or "xml"))
        {
            yield return Finding.Note("text-format", "§2.6", $"textFormat {format} is unknown.");
        }

        if (Table().IsMatch(Fenced().Replace(text, "")))
        {
            yield return Finding.Note("markdown-table", "§2.6", "Teams shows no markdown table in a message.");
        }

        if (text.Length > 0 && activity.List("attachments").Count > 0 && !isStream)
        {
            yield return Finding.Note("text-and-attachment", "§2.6", "Text and attachment in one activity become two messages, and the answer has no id.");
        }
    }

    private static IEnumerable<Finding> CheckMentions(JsonElement activity)
    {
        foreach (var mention in activity.List("entities").Where(entity => entity.Text("type") == "mention"))
        {
            var text = mention.Text("text");
            if (string.IsNullOrEmpty(text) || activity.Text("text")?.Contains(text, StringComparison.Ordinal) != true)
            {
                yield return Finding.BadSyntax("mention-text", "§2.3", $"Mention entity does not match text: {text}");
            }

            if (mention.Get("mentioned").Text("id") is null || mention.Get("mentioned").Text("name") is not { } name || text != $"<at>{name}</at>")
            {
                yield return Finding.Note("mention-shape", "§2.3", $"A mention is <at>Name</at> with the id and the name of who is mentioned: {text}");
            }
        }
    }

    private static IEnumerable<Finding> CheckFeedback(JsonElement activity)
    {
        var data = activity.Get("channelData");
        if (data.Get("feedbackLoop") is { } loop && loop.Text("type") is not ("default" or "custom"))
        {
            yield return Finding.BadSyntax("feedback-type", "§3.2", $"feedbackLoop type {loop.Text("type") ?? "(none)"} is not default or custom.");
        }

        if (data.Get("feedbackLoopEnabled") is not null)
        {
            yield return Finding.Note("feedback-old", "§3.2", "feedbackLoopEnabled is the older form; only feedbackLoop is sent.");
        }
    }

    private static IEnumerable<Finding> CheckSuggestions(JsonElement activity)
    {
        var actions = activity.Get("suggestedActions")?.List("actions") ?? [];
        if (actions.Count > SuggestionsShown)
        {
            yield return Finding.Note("suggestion-count", "§2.6", $"{actions.Count} suggested actions; the first {SuggestionsShown} are shown.");
        }

        foreach (var type in actions.Select(action => action.Text("type") ?? "(none)").Where(type => type is not ("imBack" or "Action.Compose" or "Action.Submit")))
        {
            yield return Finding.Note("suggestion-type", "§2.6", $"A suggested action of type {type} does nothing.");
        }
    }

    private static IEnumerable<Finding> CheckAttachments(JsonElement activity)
    {
        foreach (var attachment in activity.List("attachments"))
        {
            if (string.IsNullOrEmpty(attachment.Text("contentType")))
            {
                yield return Finding.BadSyntax("attachment-type", "§2.1", "An attachment has a contentType.");
            }

            foreach (var finding in CardRules.IsAdaptive(attachment) ? CardRules.Check(attachment.Get("content")) : [])
            {
                yield return finding;
            }
        }
    }

    [GeneratedRegex(@"^\s*\|?(\s*:?-{3,}:?\s*\|)+(\s*:?-{3,}:?\s*)?$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Table();

    [GeneratedRegex("```.*?(```|$)", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Fenced();
}
