using System.Text.Json;

namespace CopilotBot.FakeTeams;

/// <summary>What an invoke may be answered (facts §2.4). A 4xx is the bot's own decision and is not judged.</summary>
internal static class InvokeAnswerRules
{
    private const string Facts = "§2.4";
    private const string Activity = "application/vnd.microsoft.activity.";
    private const string Error = "application/vnd.microsoft.error";

    public static IEnumerable<Finding> Check(string name, DeliveryAttempt attempt, TimeSpan took)
    {
        var limit = TimeSpan.FromSeconds(name == "composeExtension/query" ? 5 : 10);
        if (took > limit)
        {
            yield return Finding.Note("invoke-late", Facts, $"{name} took {took.TotalSeconds:F1} s; the person sees an error after {limit.TotalSeconds} s.");
        }

        if (attempt.Status is null or >= 500)
        {
            yield return Finding.Note("invoke-status", Facts, $"{name} was answered {attempt.Status?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? attempt.Failure}: unable to reach app.");
        }

        foreach (var finding in attempt.Status == 200 ? CheckBody(name, attempt.Body) : [])
        {
            yield return finding;
        }
    }

    private static IEnumerable<Finding> CheckBody(string name, string body)
    {
        if (body.Length > 0 && JsonReading.Parse(body) is not { ValueKind: JsonValueKind.Object })
        {
            return [Wrong(name, "The body is no JSON object.")];
        }

        var json = JsonReading.Parse(body) ?? default;
        var isEmpty = body.Length == 0 || !json.EnumerateObject().Any();
        return name switch
        {
            "adaptiveCard/action" => CheckCardAction(json),
            "message/submitAction" => isEmpty ? [] : [Wrong(name, "The answer must be empty.")],
            "task/submit" when isEmpty => [],
            "task/fetch" or "task/submit" or "message/fetchTask" => CheckTask(name, json),
            "composeExtension/query" or "composeExtension/selectItem" => CheckCompose(name, json),
            _ => [],
        };
    }

    private static IEnumerable<Finding> CheckCardAction(JsonElement json)
    {
        const string name = "adaptiveCard/action";
        var (status, value) = (json.Number("statusCode"), json.Get("value"));
        return (status, json.Text("type")) switch
        {
            (200, CardRules.ContentType) => CardRules.Check(value),
            (200, $"{Activity}message") => value is { ValueKind: JsonValueKind.String } text && text.GetString()!.Length > 0 ? [] : [Wrong(name, "The message is empty.")],
            (400 or 500, Error) => value.Text("code") is not null && value.Text("message") is not null ? [] : [Wrong(name, "An error has code and message.")],
            (401, $"{Activity}loginRequest") or (401, $"{Error}.incorrectAuthCode") or (412, $"{Error}.preconditionFailed") => [],
            var (code, type) => [Wrong(name, $"statusCode {code} with type {type ?? "(none)"}.")],
        };
    }

    private static IEnumerable<Finding> CheckTask(string name, JsonElement json)
    {
        var task = json.Get("task");
        var value = task.Get("value");
        return task.Text("type") switch
        {
            "message" => value is { ValueKind: JsonValueKind.String } ? [] : [Wrong(name, "A message has a text as value.")],
            "continue" when value.Get("card") is { } card => CardRules.IsAdaptive(card) ? CardRules.Check(card.Get("content")) : [Wrong(name, "The card is no attachment of a card.")],
            "continue" when value.Text("url") is not null => [],
            var type => [Wrong(name, $"task of type {type ?? "(none)"} without card.")],
        };
    }

    private static IEnumerable<Finding> CheckCompose(string name, JsonElement json)
    {
        var answer = json.Get("composeExtension");
        return answer.Text("type") switch
        {
            "result" => CheckResults(name, answer!.Value),
            "message" => answer.Text("text") is { Length: > 0 } ? [] : [Wrong(name, "A message has a text.")],
            "auth" or "config" => answer.Get("suggestedActions") is not null ? [] : [Wrong(name, "suggestedActions are missing.")],
            "silentAuth" => [],
            var type => [Wrong(name, $"composeExtension of type {type ?? "(none)"}.")],
        };
    }

    private static IEnumerable<Finding> CheckResults(string name, JsonElement answer)
    {
        if (answer.Text("attachmentLayout") is not ("list" or "grid") || answer.Get("attachments") is not { ValueKind: JsonValueKind.Array })
        {
            yield return Wrong(name, "A result has attachmentLayout list or grid, and attachments.");
        }

        foreach (var attachment in answer.List("attachments"))
        {
            if (attachment.Text("contentType") is null || attachment.Get("content") is null)
            {
                yield return Wrong(name, "An attachment has contentType and content.");
            }

            var preview = attachment.Get("preview");
            if (preview.Text("contentType") is not ("application/vnd.microsoft.card.thumbnail" or "application/vnd.microsoft.card.hero") || preview.Get("content") is null)
            {
                yield return Wrong(name, "An attachment has a thumbnail or hero card as preview.");
            }

            foreach (var finding in CardRules.IsAdaptive(attachment) ? CardRules.Check(attachment.Get("content")) : [])
            {
                yield return finding;
            }
        }
    }

    private static Finding Wrong(string name, string detail) => Finding.Note("invoke-body", Facts, $"{name}: {detail}");
}
