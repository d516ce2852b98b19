using System.Text.Json;

namespace CopilotBot.FakeSlack;

/// <summary>A message of a channel; guarded by the platform's lock.</summary>
internal sealed class MessageState(SlackChannel channel, string ts, string? threadTs, string userId, bool isBot)
{
    public SlackChannel Channel => channel;

    public string Ts => ts;

    /// <summary>The parent's ts; null for what is no reply.</summary>
    public string? ThreadTs => threadTs;

    public string UserId => userId;

    public bool IsBot => isBot;

    public string? EphemeralTo { get; init; }

    public StreamState? Stream { get; init; }

    public List<ShownVersion> Versions { get; } = [];

    public ShownVersion? Current => Versions.Count == 0 ? null : Versions[^1];

    public JsonElement? Metadata { get; set; }

    public bool IsDeleted { get; set; }

    /// <summary>Deleted while there were replies: a parent without content.</summary>
    public bool IsTombstone { get; set; }

    public DateTimeOffset? UpdatedAt { get; set; }

    public HashSet<string> Reactions { get; } = [];

    /// <summary>Mentions that were recorded already, so that a growing stream records each once.</summary>
    public HashSet<string> MentionsSeen { get; } = [];

    public ShownMessage Shown(DateTimeOffset now)
    {
        var blocks = Current?.Blocks ?? [];

        // An update replaces all of a message; how it came does not matter then.
        var asStreamed = UpdatedAt is null ? Stream : null;
        var streamed = asStreamed?.Text ?? "";
        var body = asStreamed is not null
            ? streamed
            : string.Join("\n", blocks.Where(block => block.Text("type") == "markdown").Select(block => block.Text("text") ?? ""));
        var fallback = Current?.MarkdownText ?? Current?.Text ?? "";
        return new()
        {
            ChannelId = channel.Id,
            Ts = ts,
            ThreadTs = threadTs,
            UserId = userId,
            AuthorIsBot = isBot,
            Text = IsDeleted ? "" : Joined(streamed, BlockText.Of(asStreamed?.ChunkBlocks ?? []), blocks.Count > 0 ? BlockText.Of(blocks) : asStreamed is null ? fallback : ""),
            BodyText = IsDeleted ? "" : asStreamed is null && blocks.Count == 0 ? fallback : body,
            Markdown = asStreamed is not null ? streamed : Current?.MarkdownText ?? body,
            Blocks = [.. asStreamed?.ChunkBlocks ?? [], .. blocks],
            Versions = [.. Versions],
            Metadata = Metadata,
            IsDeleted = IsDeleted,
            Stream = Stream?.Shown(now) ?? ShownStream.None,
            StreamTexts = [.. Stream?.Texts ?? []],
            Tasks = [.. Stream?.Tasks ?? []],
            EphemeralTo = EphemeralTo,
            Reactions = [.. Reactions],
        };
    }

    private static string Joined(params string[] parts) => string.Join("\n", parts.Where(part => part.Length > 0));
}
