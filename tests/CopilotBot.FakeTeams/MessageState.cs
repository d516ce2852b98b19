using System.Text.Json;

namespace CopilotBot.FakeTeams;

/// <summary>A message of a conversation; guarded by the connector's lock.</summary>
internal sealed class MessageState(string id, string conversationId, string authorId, bool isBot)
{
    public string Id => id;

    public string ConversationId => conversationId;

    public bool IsBot => isBot;

    public List<ShownVersion> Versions { get; } = [];

    public bool IsDeleted { get; set; }

    /// <summary>Null for a message that did not come as a stream.</summary>
    public StreamState? Stream { get; init; }

    public ShownMessage Shown() => new()
    {
        Id = id,
        ConversationId = conversationId,
        AuthorId = authorId,
        AuthorIsBot = isBot,
        Versions = [.. Versions],
        Text = Versions.Count > 0 ? Versions[^1].Activity.Text("text") ?? "" : Stream?.Shown.LastOrDefault()?.Text ?? "",
        IsDeleted = IsDeleted,
        IsStreaming = Stream is { IsClosed: false },
        IsCancelled = Stream is { IsCancelled: true },
        StreamTexts = Stream is null ? [] : [.. Stream.Shown],
    };

    public void Show(JsonElement activity, DateTimeOffset at) => Versions.Add(new(activity, at));
}
