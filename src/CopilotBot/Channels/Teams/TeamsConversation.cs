using System.Text.Json;

namespace CopilotBot.Channels.Teams;

/// <param name="Id">In a channel with ";messageid=" and the thread's first message, where Teams sent it.</param>
/// <param name="Kind">"personal", "group" or "channel".</param>
/// <param name="TeamId">Of a channel.</param>
internal sealed record TeamsConversation(string Id, string Kind, string? Tenant, string? TeamId)
{
    public const string Personal = "personal";

    public const string Group = "group";

    public const string Channel = "channel";

    private const string ThreadMark = ";messageid=";

    /// <summary>The chat or channel that the thread belongs to: that is what has members.</summary>
    public string BaseId => BaseOf(Id);

    public bool IsThread => Id.Contains(ThreadMark, StringComparison.Ordinal);

    public static string BaseOf(string id) => id.Split(ThreadMark)[0];

    /// <summary>Id of the first message of a thread; null where the id names none.</summary>
    public static string? RootOf(string id) => id.Split(ThreadMark) is [_, var root] ? root : null;

    /// <summary>The thread that begins with the message: the way to reply to a new post of a channel (§2.5).</summary>
    public TeamsConversation ThreadOf(string messageId) => Kind == Channel && !IsThread ? this with { Id = $"{Id}{ThreadMark}{messageId}" } : this;

    public static TeamsConversation Parse(JsonElement conversation, JsonElement channelData)
    {
        var kind = WireJson.Text(conversation, "conversationType") switch
        {
            "personal" => Personal,
            "channel" => Channel,
            "groupChat" => Group,
            _ => WireJson.Property(conversation, "isGroup").ValueKind != JsonValueKind.True ? Personal
                : WireJson.Property(channelData, "channel").ValueKind == JsonValueKind.Object ? Channel
                : Group,
        };
        return new TeamsConversation(
            WireJson.Text(conversation, "id") ?? "",
            kind,
            WireJson.Text(WireJson.Property(channelData, "tenant"), "id") ?? WireJson.Text(conversation, "tenantId"),
            WireJson.Text(WireJson.Property(channelData, "team"), "id"));
    }
}
