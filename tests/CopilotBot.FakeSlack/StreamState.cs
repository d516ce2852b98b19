using System.Text.Json;

namespace CopilotBot.FakeSlack;

/// <summary>A message while it streams; guarded by the platform's lock.</summary>
internal sealed class StreamState(DateTimeOffset startedAt)
{
    /// <summary>A stream dies after about five minutes, whatever comes (facts §2.1).</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    public string Text { get; set; } = "";

    public List<string> Texts { get; } = [];

    public List<ShownTask> Tasks { get; } = [];

    public List<JsonElement> ChunkBlocks { get; } = [];

    public bool IsStopped { get; set; }

    public bool IsStoppedByUser { get; set; }

    /// <summary>Whether the bot was refused because the stream is over: it may not come again.</summary>
    public bool IsEndTold { get; set; }

    public ShownStream Shown(DateTimeOffset now) => this switch
    {
        { IsStoppedByUser: true } => ShownStream.StoppedByUser,
        { IsStopped: true } => ShownStream.Stopped,
        _ => now - startedAt >= Longest ? ShownStream.Expired : ShownStream.Open,
    };
}
