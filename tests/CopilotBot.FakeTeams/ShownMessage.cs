using System.Text.Json;

namespace CopilotBot.FakeTeams;

/// <summary>A message as the people in the conversation see it; a snapshot.</summary>
public sealed record ShownMessage
{
    public required string Id { get; init; }

    /// <summary>The thread's id in a channel.</summary>
    public required string ConversationId { get; init; }

    public required string AuthorId { get; init; }

    public required bool AuthorIsBot { get; init; }

    /// <summary>As posted and after each edit; empty while a stream has no final message.</summary>
    public required IReadOnlyList<ShownVersion> Versions { get; init; }

    /// <summary>What the person reads now: the last version, else the newest text of the stream.</summary>
    public required string Text { get; init; }

    public bool IsDeleted { get; init; }

    /// <summary>Whether it is a stream that no final message (or edit) has closed.</summary>
    public bool IsStreaming { get; init; }

    /// <summary>Whether the person pressed stop.</summary>
    public bool IsCancelled { get; init; }

    /// <summary>Every text that was shown while it streamed, oldest first.</summary>
    public IReadOnlyList<StreamText> StreamTexts { get; init; } = [];

    /// <summary>The newest version; of kind Undefined while it streams.</summary>
    public JsonElement Current => Versions.Count == 0 ? default : Versions[^1].Activity;

    /// <summary>Contents of the Adaptive Cards shown now.</summary>
    public IReadOnlyList<JsonElement> Cards => [.. Current.List("attachments").Where(CardRules.IsAdaptive).Select(attachment => attachment.Get("content")).OfType<JsonElement>()];

    /// <summary>Titles of the prompts under the message: Teams shows the first three (facts §2.6).</summary>
    public IReadOnlyList<string> Suggestions =>
        [.. (Current.Get("suggestedActions")?.List("actions") ?? []).Take(ActivityRules.SuggestionsShown).Select(action => action.Text("title") ?? "")];
}
