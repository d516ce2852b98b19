using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CopilotBot.Channels.Teams.Rendering;

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

    private readonly ConcurrentDictionary<string, Seen> _seen = new();

    public static JsonObject Begin(JsonObject placeholder) => Chunk(placeholder["text"]?.GetValue<string>() ?? "", "informative", 1, null);

    public static bool IsBegin(string content) => Info(TeamsWire.Read(content))?["streamSequence"]?.GetValue<int>() == 1;

    /// <summary>The content as the final message of the stream.</summary>
    public static string End(string content, string streamId)
    {
        var activity = TeamsWire.Read(content);
        if (activity["entities"] is not JsonArray entities)
        {
            activity["entities"] = entities = [];
        }

        entities.Add(new JsonObject { ["type"] = "streaminfo", ["streamId"] = streamId, ["streamType"] = "final" });
        return TeamsWire.Write(activity);
    }

    /// <summary>A final message has to begin with what was streamed. What a process before this one streamed is not known; then Teams says.</summary>
    public bool Continues(string streamId, string content) =>
        !_seen.TryGetValue(streamId, out var seen) || (TeamsWire.Read(content)["text"]?.GetValue<string>() ?? "").StartsWith(seen.Text, StringComparison.Ordinal);

    public void Opened(string streamId)
    {
        foreach (var (old, _) in _seen.Where(stream => time.GetUtcNow() - stream.Value.LastSent > 2 * Lifetime))
        {
            _seen.TryRemove(old, out _);
        }

        _seen[streamId] = new Seen(time.GetUtcNow(), "");
    }

    /// <summary>Until the stream may be sent to again.</summary>
    public async Task WaitAsync(string streamId, CancellationToken cancellationToken)
    {
        if (_seen.TryGetValue(streamId, out var seen) && seen.LastSent + Pace - time.GetUtcNow() is { } wait && wait > TimeSpan.Zero)
        {
            // One request a second is the limit of a stream.
            await Task.Delay(wait, time, cancellationToken);
        }
    }

    /// <summary>Null for a stream of another process.</summary>
    /// <param name="beginning">Markdown before the first sentence.</param>
    public IAnswerStream? Open(string streamId, string beginning, Func<string, CancellationToken, Task<SendResult>> send)
    {
        if (!_seen.TryGetValue(streamId, out var seen))
        {
            return null;
        }

        var (end, sequence) = (seen.LastSent + Lifetime, 1);
        return new PacedStream(
            stop => WaitAsync(streamId, stop),
            async next =>
            {
                var (text, kind) = next.Text.Length > 0 ? (TeamsAnswerRenderer.Draft(next.Text, next.Citations), "streaming") : ($"Reading {next.Passages} passages …", "informative");
                return text is null || time.GetUtcNow() >= end ? null : (await SendAsync(streamId, kind == "streaming" ? beginning + text : text, kind, ++sequence, send)).Status;
            });
    }

    private async Task<SendResult> SendAsync(string streamId, string text, string kind, int sequence, Func<string, CancellationToken, Task<SendResult>> send)
    {
        var shown = kind == "streaming" ? text : _seen.GetValueOrDefault(streamId)?.Text ?? "";
        var result = await send(TeamsWire.Write(Chunk(text, kind, sequence, streamId)), CancellationToken.None);
        _seen[streamId] = new Seen(time.GetUtcNow(), shown);
        return result;
    }

    private static JsonObject Chunk(string text, string kind, int sequence, string? streamId)
    {
        var info = new JsonObject { ["type"] = "streaminfo", ["streamType"] = kind, ["streamSequence"] = sequence };
        if (streamId is not null)
        {
            info["streamId"] = streamId;
        }

        return new JsonObject { ["type"] = "typing", ["text"] = text, ["entities"] = new JsonArray(info) };
    }

    private static JsonObject? Info(JsonObject activity) =>
        (activity["entities"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault(entity => entity["type"]?.GetValue<string>() == "streaminfo");

    /// <param name="Text">What the person saw of the answer.</param>
    private sealed record Seen(DateTimeOffset LastSent, string Text);
}
