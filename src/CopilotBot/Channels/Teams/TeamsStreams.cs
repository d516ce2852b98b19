using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace CopilotBot.Channels.Teams;

/// <summary>
/// Streamed messages (facts/teams.md §3.3): personal chats only, one request a second, chunks numbered without a gap, the final message without a number. Only
/// streams that this process began get chunks; one that a crash left behind gets its final message.
/// </summary>
internal sealed class TeamsStreams(TimeProvider time)
{
    /// <summary>One request a second, and a little more: the clocks of two machines differ.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(1050);

    /// <summary>Teams ends a stream after two minutes.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(110);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _lastSent = new();

    public static JsonObject Begin(JsonObject placeholder)
    {
        var activity = Chunk(placeholder["text"]?.GetValue<string>() ?? "", "informative", 1);
        return activity;
    }

    /// <summary>Marks an answer as the final message of a stream whose id is not known yet.</summary>
    public static JsonObject End(JsonObject activity)
    {
        var entities = activity["entities"] as JsonArray ?? [];
        entities.Add(new JsonObject { ["type"] = "streaminfo", ["streamType"] = "final" });
        activity["entities"] = entities;
        return activity;
    }

    public static bool IsBegin(string content) => Info(Parse(content)) is { } info && info["streamSequence"]?.GetValue<int>() == 1;

    public static bool IsEnd(string content) => Info(Parse(content))?["streamType"]?.GetValue<string>() == "final";

    public static string EndOf(string content, string streamId)
    {
        var activity = Parse(content);
        Info(activity)!["streamId"] = streamId; // only called for contents that IsEnd
        return activity.ToJsonString();
    }

    public static string WithoutStream(string content)
    {
        var activity = Parse(content);
        if (Info(activity) is { } info)
        {
            ((JsonArray)activity["entities"]!).Remove(info); // it was found there
        }

        return activity.ToJsonString();
    }

    public void Opened(string streamId)
    {
        foreach (var (old, _) in _lastSent.Where(stream => time.GetUtcNow() - stream.Value > 2 * Lifetime))
        {
            _lastSent.TryRemove(old, out _);
        }

        _lastSent[streamId] = time.GetUtcNow();
    }

    /// <summary>Until the stream may be sent to again.</summary>
    public async Task WaitAsync(string streamId, CancellationToken cancellationToken)
    {
        if (_lastSent.TryGetValue(streamId, out var last) && last + Pace - time.GetUtcNow() is { } wait && wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, time, cancellationToken);
        }
    }

    /// <summary>Null for a stream of another process.</summary>
    public IAnswerStream? Open(string streamId, Func<string, CancellationToken, Task<SendResult>> send) =>
        _lastSent.TryGetValue(streamId, out var begun) ? new TeamsStream(this, streamId, begun + Lifetime, send, time) : null;

    internal async Task<SendResult> SendAsync(string streamId, string text, string kind, int sequence, Func<string, CancellationToken, Task<SendResult>> send, CancellationToken cancellationToken)
    {
        var chunk = Chunk(text, kind, sequence);
        Info(chunk)!["streamId"] = streamId; // Chunk made it
        _lastSent[streamId] = time.GetUtcNow();
        var result = await send(chunk.ToJsonString(), cancellationToken);
        _lastSent[streamId] = time.GetUtcNow();
        return result;
    }

    private static JsonObject Chunk(string text, string kind, int sequence) => new()
    {
        ["type"] = "typing",
        ["text"] = text,
        ["entities"] = new JsonArray(new JsonObject { ["type"] = "streaminfo", ["streamType"] = kind, ["streamSequence"] = sequence }),
    };

    private static JsonObject Parse(string content) => JsonNode.Parse(content) as JsonObject ?? throw new FormatException("The stored content is no activity.");

    private static JsonObject? Info(JsonObject activity) =>
        (activity["entities"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault(entity => entity["type"]?.GetValue<string>() == "streaminfo");
}
