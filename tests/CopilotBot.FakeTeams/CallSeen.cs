using System.Text.Json;

namespace CopilotBot.FakeTeams;

/// <summary>One call that reached the connector.</summary>
public sealed class CallSeen
{
    internal CallSeen(string method, string target, string body, string? authorization, DateTimeOffset at)
    {
        (Method, Target, Body, Authorization, At) = (method, target, body, authorization, at);
        Route = ConnectorRoute.Resolve(method, target);
        Json = JsonReading.Parse(body);
    }

    public string Method { get; }

    /// <summary>Path and query as they came over the wire.</summary>
    public string Target { get; }

    public string Body { get; }

    /// <summary>Null where the body is empty or no JSON.</summary>
    public JsonElement? Json { get; }

    public string? Authorization { get; }

    public DateTimeOffset At { get; }

    public ConnectorOperation Operation => Route.Operation;

    /// <summary>Decoded parts of the path after the service URL, from <c>v3</c> on.</summary>
    public IReadOnlyList<string> Parts => Route.Parts;

    /// <summary>Null for calls about teams and for the creation of a conversation.</summary>
    public string? ConversationId => Parts is ["v3", "conversations", var id, ..] ? id : null;

    /// <summary>The activity that is updated, deleted or replied to.</summary>
    public string? ActivityId => Parts is [_, _, _, "activities", var id] ? id : null;

    /// <summary>Type of the activity that is sent, null for other calls.</summary>
    public string? ActivityType => Json?.Text("type");

    /// <summary>informative, streaming or final; null for what is no stream.</summary>
    public string? StreamType => Json is { } json && StreamBook.InfoOf(json) is { } info ? info.Text("streamType") : null;

    /// <summary>Null while it is being answered, 0 where the connection was dropped instead.</summary>
    public int? Status { get; internal set; }

    internal ConnectorRoute Route { get; }
}
