using System.Text.Json;

namespace CopilotBot.FakeSlack;

/// <summary>A message as the people in the channel see it; a snapshot.</summary>
public sealed record ShownMessage
{
    public required string ChannelId { get; init; }

    public required string Ts { get; init; }

    /// <summary>The parent's ts; null for what is no reply.</summary>
    public string? ThreadTs { get; init; }

    public required string UserId { get; init; }

    public required bool AuthorIsBot { get; init; }

    /// <summary>What a person reads: what was streamed and all blocks in their order, or the text where there are none. Empty once deleted.</summary>
    public required string Text { get; init; }

    /// <summary>The answer alone: what was streamed, or the markdown blocks, or the text where there are no blocks.</summary>
    public required string BodyText { get; init; }

    /// <summary>Standard Markdown as it came: streamed, as markdown_text or in markdown blocks.</summary>
    public required string Markdown { get; init; }

    public required IReadOnlyList<JsonElement> Blocks { get; init; }

    /// <summary>As posted and after each edit; empty while a stream has not ended.</summary>
    public required IReadOnlyList<ShownVersion> Versions { get; init; }

    public JsonElement? Metadata { get; init; }

    public bool IsDeleted { get; init; }

    public ShownStream Stream { get; init; }

    public bool IsStreaming => Stream == ShownStream.Open;

    /// <summary>Every text that was shown while it streamed, oldest first.</summary>
    public IReadOnlyList<string> StreamTexts { get; init; } = [];

    public IReadOnlyList<ShownTask> Tasks { get; init; } = [];

    /// <summary>The only person who sees it; null for a message that all see.</summary>
    public string? EphemeralTo { get; init; }

    /// <summary>Emoji names.</summary>
    public IReadOnlyList<string> Reactions { get; init; } = [];

    public IReadOnlyList<ShownButton> Buttons => [.. Blocks.SelectMany(BlockText.Buttons)];
}
