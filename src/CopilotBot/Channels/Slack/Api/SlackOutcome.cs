using System.Text.Json;
using System.Text.RegularExpressions;

namespace CopilotBot.Channels.Slack.Api;

/// <summary>What an answer of the Web API means for the message: the table of facts/slack.md §2.</summary>
internal static partial class SlackOutcome
{
    /// <summary>Refused for the token's sake: a newer token may do.</summary>
    private static readonly HashSet<string> TokenErrors = new(StringComparer.Ordinal) { "token_expired", "invalid_auth", "not_authed", "token_revoked", "account_inactive" };

    public static bool IsTokenError(string error) => TokenErrors.Contains(error);

    /// <summary>One that no new token will mend, or another one in the same process.</summary>
    public static SlackReply NotInstalled(string reason) => new(new SendResult(SendStatus.Forbidden, Reason: reason), Error: "", Body: default);

    public static SlackReply Later(TimeSpan wait, string reason) => new(new SendResult(SendStatus.TryAgain, Wait: wait, Reason: reason), Error: "", Body: default);

    public static SlackReply Of(SlackAnswer answer)
    {
        if (answer.Fault != SlackFault.None)
        {
            return new SlackReply(new SendResult(StatusOf(answer.Fault), Reason: answer.Problem), Error: "", answer.Body);
        }

        var isOk = WireJson.Property(answer.Body, "ok").ValueKind;
        var error = WireJson.Text(answer.Body, "error") is { } code && CodeShape.IsMatch(code) ? code : "";
        if (answer.Status is >= 200 and < 300 && isOk == JsonValueKind.True)
        {
            return new SlackReply(SendResult.Done(WireJson.Words(answer.Body, "ts")), Error: "", answer.Body);
        }

        var isAnswered = isOk == JsonValueKind.False;
        var status = answer.Status is 429 or >= 500 || !isAnswered ? StatusOf(answer.Status, isResponseUrl: false) : StatusOf(error);
        return new SlackReply(new SendResult(status, Wait: answer.Wait, Reason: ReasonOf(answer, error, isAnswered)), error, answer.Body);
    }

    /// <summary>A response_url answers with HTTP's own words (facts/slack.md §1.4).</summary>
    public static SlackReply OfResponse(SlackAnswer answer) => answer switch
    {
        { Fault: not SlackFault.None } => Of(answer),
        { Status: >= 200 and < 300 } when WireJson.Property(answer.Body, "ok").ValueKind != JsonValueKind.False =>
            new SlackReply(SendResult.Done(messageId: null), Error: "", answer.Body),
        { Status: >= 200 and < 300 } => Of(answer),
        _ => new SlackReply(new SendResult(StatusOf(answer.Status, isResponseUrl: true), Wait: answer.Wait, Reason: $"{answer.Status}"), Error: "", answer.Body),
    };

    private static SendStatus StatusOf(SlackFault fault) => fault switch
    {
        SlackFault.NotSent => SendStatus.TryAgain,
        SlackFault.NoAnswer => SendStatus.Unknown,
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };

    /// <summary>For answers without Slack's own words. A redirect is not followed: it would take the token along.</summary>
    private static SendStatus StatusOf(int status, bool isResponseUrl) => status switch
    {
        429 => SendStatus.TryAgain,
        < 300 or 408 or >= 500 => SendStatus.Unknown,
        404 or 410 when isResponseUrl => SendStatus.Gone,
        < 400 or 401 or 403 or 407 when !isResponseUrl => SendStatus.Forbidden,
        _ => SendStatus.ContentRefused,
    };

    /// <summary>What is not listed is refused for its content: a plainer message may do.</summary>
    private static SendStatus StatusOf(string error) => error switch
    {
        "ratelimited" or "rate_limited" or "team_added_to_org" => SendStatus.TryAgain,
        "internal_error" or "fatal_error" or "service_unavailable" or "request_timeout" => SendStatus.Unknown,
        "stopped_by_user" => SendStatus.Stopped,

        // What cannot be changed any more is as good as gone.
        "message_not_found" or "thread_not_found" or "cant_update_message" or "edit_window_closed" => SendStatus.Gone,
        "invalid_auth" or "account_inactive" or "token_revoked" or "not_authed" or "token_expired" => SendStatus.Forbidden,
        "missing_scope" or "no_permission" or "not_allowed_token_type" or "team_access_not_granted" or "ekm_access_denied" or "access_denied" or "org_login_required"
            or "enterprise_is_restricted" or "two_factor_setup_required" or "team_not_found" => SendStatus.Forbidden,
        "channel_not_found" or "not_in_channel" or "is_archived" or "messages_tab_disabled" or "cannot_reply_to_message" or "user_not_in_channel" or "user_not_found" => SendStatus.Forbidden,
        _ when error.StartsWith("restricted_action", StringComparison.Ordinal) => SendStatus.Forbidden,
        _ => SendStatus.ContentRefused,
    };

    private static string ReasonOf(SlackAnswer answer, string error, bool isAnswered)
    {
        if (error.Length == 0)
        {
            return answer.Status is < 200 or >= 300 ? $"{answer.Status}" : isAnswered ? "refused without a code" : $"{answer.Status} with an unreadable body";
        }

        var pointer = WireJson.Items(WireJson.Property(answer.Body, "response_metadata"), "messages")
            .Where(message => message.ValueKind == JsonValueKind.String)
            .Select(message => PointerShape.Match(message.GetString()!)) // a string has one
            .FirstOrDefault(match => match.Success)?.Groups[1].Value;
        var scope = error == "missing_scope" && WireJson.Text(answer.Body, "needed") is { } needed && ScopeShape.IsMatch(needed) ? $" (needs {needed})" : "";
        return $"{error}{(pointer is null ? "" : $" at {pointer}")}{scope}";
    }

    /// <summary>One word: whatever else stands there is not Slack's code, and is not repeated.</summary>
    [GeneratedRegex(@"\A[a-z0-9_]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex CodeShape { get; }

    [GeneratedRegex(@"\[json-pointer:(/[A-Za-z0-9_/-]{0,128})\]", RegexOptions.CultureInvariant)]
    private static partial Regex PointerShape { get; }

    [GeneratedRegex(@"\A[a-z_:.,]{1,128}\z", RegexOptions.CultureInvariant)]
    private static partial Regex ScopeShape { get; }
}
