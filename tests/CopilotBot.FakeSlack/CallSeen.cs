using System.Text.Json;

namespace CopilotBot.FakeSlack;

/// <summary>One call of the bot that reached Slack.</summary>
public sealed class CallSeen
{
    /// <summary>What <see cref="Method"/> says of a post to a response_url.</summary>
    public const string ResponseUrl = "response_url";

    internal CallSeen(string method, string target, string body, string? contentType, string? authorization, DateTimeOffset at)
    {
        (Method, Target, Body, ContentType, Authorization, At) = (method, target, body, contentType, authorization, at);
        Arguments = new(body, contentType);
    }

    /// <summary>E.g. <c>chat.postMessage</c>, or <see cref="ResponseUrl"/>.</summary>
    public string Method { get; }

    /// <summary>Path and query as they came over the wire.</summary>
    public string Target { get; }

    public string Body { get; }

    public string? ContentType { get; }

    public string? Authorization { get; }

    public DateTimeOffset At { get; }

    /// <summary>Null while it is being answered, 0 where the connection was dropped instead.</summary>
    public int? Status { get; internal set; }

    /// <summary>Slack's error code; null where the call succeeded or is under way.</summary>
    public string? Error { get; internal set; }

    internal CallArguments Arguments { get; }

    /// <summary>An argument as text, whatever the encoding; null where it is not there.</summary>
    public string? Text(string argument) => Arguments.Text(argument);

    /// <summary>An argument that is an object or a list; of kind Undefined where it is not there.</summary>
    public JsonElement Json(string argument) => Arguments.Json(argument) ?? default;

    public override string ToString() => $"{Method} {Status}{(Error is null ? "" : $" {Error}")}";
}
