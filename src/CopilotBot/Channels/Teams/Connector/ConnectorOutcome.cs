using System.Text.Json;
using System.Text.RegularExpressions;

namespace CopilotBot.Channels.Teams.Connector;

/// <summary>What an answer of the connector means for the message: the table of facts 1.7.</summary>
internal static partial class ConnectorOutcome
{
    private const string StreamRefused = "ContentStreamNotAllowed";
    private const string StreamOutOfOrder = "ContentStreamSequenceOrderPreConditionFailed";

    /// <summary>A 2xx with the id that the answer gives, which may be none.</summary>
    public static SendResult Of(ConnectorReply reply)
    {
        if (reply.Fault != ConnectorFault.None)
        {
            return new SendResult(StatusOf(reply.Fault), Wait: reply.Wait, Reason: reply.Problem);
        }

        using var json = Parse(reply.Body);
        var (code, message) = ErrorOf(json?.RootElement);
        var isSuccess = reply.Status is >= 200 and < 300;
        return isSuccess && code != StreamOutOfOrder
            ? SendResult.Done(json is null ? null : WireJson.Words(json.RootElement, "id"))
            : new SendResult(isSuccess ? SendStatus.ContentRefused : StatusOf(reply.Status, code, message), Wait: reply.Wait, Reason: ReasonOf(reply, code));
    }

    /// <summary>Null for what is no JSON object.</summary>
    public static JsonDocument? Parse(string? body)
    {
        if (string.IsNullOrWhiteSpace(body))
        {
            return null;
        }

        try
        {
            var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind == JsonValueKind.Object)
            {
                return json;
            }

            json.Dispose();
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static SendStatus StatusOf(ConnectorFault fault) => fault switch
    {
        ConnectorFault.HostRefused => SendStatus.Forbidden,
        ConnectorFault.TokenRefused or ConnectorFault.TokenMissing or ConnectorFault.NotSent => SendStatus.TryAgain,
        ConnectorFault.NoAnswer => SendStatus.Unknown,
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };

    /// <summary>A refused token is a matter of the settings: once they are right, what waited goes out. The stop button has no code of its own, only a word in the message (facts 3.3). A redirect is not followed: it would take the token along.</summary>
    private static SendStatus StatusOf(int status, string code, string message) => status switch
    {
        403 when code == StreamRefused => message.Contains("cancel", StringComparison.OrdinalIgnoreCase) ? SendStatus.Stopped : SendStatus.ContentRefused,
        (>= 300 and < 400) or 403 or 407 => SendStatus.Forbidden,
        404 or 410 => SendStatus.Gone,
        401 or 409 or 412 or 429 => SendStatus.TryAgain,
        408 or >= 500 => SendStatus.Unknown,
        _ => SendStatus.ContentRefused,
    };

    private static (string Code, string Message) ErrorOf(JsonElement? root)
    {
        if (root is not { } body)
        {
            return ("", "");
        }

        var error = body.TryGetProperty("error", out var inner) && inner.ValueKind == JsonValueKind.Object ? inner : body;
        return (WireJson.Words(error, "code") is { } code && CodeShape.IsMatch(code) ? code : "", WireJson.Words(error, "message") ?? "");
    }

    private static string ReasonOf(ConnectorReply reply, string code) =>
        $"{reply.Status}{(code.Length > 0 ? $" {code}" : "")}{(reply.Correlation.Length > 0 ? $" (MS-CV {reply.Correlation})" : "")}";

    /// <summary>One word: whatever else stands there is not the connector's code, and is not repeated.</summary>
    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9]{1,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex CodeShape { get; }
}
