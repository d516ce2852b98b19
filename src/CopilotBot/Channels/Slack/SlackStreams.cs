using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CopilotBot.Channels.Slack.Api;
using CopilotBot.Channels.Slack.Rendering;

namespace CopilotBot.Channels.Slack;

/// <summary>
/// Streamed messages (facts/slack.md §2.1): a chunk adds to what stands there, so only what is missing is sent. Only streams that this process began get chunks; one
/// that a crash left behind is ended and then changed.
/// </summary>
internal sealed class SlackStreams(SlackApi api, TimeProvider time)
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(800);

    /// <summary>Slack ends a stream after about five minutes.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(4);

    private readonly ConcurrentDictionary<string, Seen> _seen = new();

    private readonly ConcurrentDictionary<string, PacedStream> _open = new();

    public void Opened(SlackMessageId id)
    {
        var now = time.GetUtcNow();
        foreach (var (old, _) in _seen.Where(stream => now - stream.Value.Begun > 2 * Lifetime))
        {
            _seen.TryRemove(old, out _);
        }

        _seen[id.ToString()] = new Seen(now, DateTimeOffset.MinValue, "");
    }

    /// <summary>What of the Markdown is still to come; null where that is not known, or something else was shown.</summary>
    public string? FindRest(SlackMessageId id, string markdown) =>
        _seen.TryGetValue(id.ToString(), out var seen) && seen.Text is { } shown && markdown.StartsWith(shown, StringComparison.Ordinal) ? markdown[shown.Length..] : null;

    /// <summary>It is over: this process ended it, or was told that it had ended.</summary>
    public void Ended(SlackMessageId id) => _seen.AddOrUpdate(id.ToString(), _ => new Seen(time.GetUtcNow(), DateTimeOffset.MinValue, null) { IsOver = true }, (_, seen) => seen with { IsOver = true });

    public bool IsOver(SlackMessageId id) => _seen.TryGetValue(id.ToString(), out var seen) && seen.IsOver;

    /// <summary>Null for a stream of another process.</summary>
    public IAnswerStream? Open(SlackAddress address, SlackMessageId id, SlackFrame frame)
    {
        if (!_seen.TryGetValue(id.ToString(), out var begun))
        {
            return null;
        }

        var end = begun.Begun + Lifetime;
        var key = KeyOf(address.Workspace, id.Channel, address.Thread ?? "");
        var stream = new PacedStream(
            stop => WaitAsync(id, stop),
            async next => next.Text.Length is 0 or > SlackAnswerRenderer.MaximumMarkdown || time.GetUtcNow() >= end || SlackAnswerRenderer.Draft(next.Text, next.Citations, frame) is not { } draft
                ? null
                : await AppendAsync(address.Workspace, id, draft),
            () => _open.TryRemove(key, out _));
        _open[key] = stream;
        return stream;
    }

    /// <summary>The person pressed stop in the thread.</summary>
    public void Stop(string workspace, string channel, string thread)
    {
        if (_open.TryGetValue(KeyOf(workspace, channel, thread), out var stream))
        {
            stream.Stop();
        }
    }

    private async Task WaitAsync(SlackMessageId id, CancellationToken cancellationToken)
    {
        if (_seen.TryGetValue(id.ToString(), out var seen) && seen.LastSent + Pace - time.GetUtcNow() is { } wait && wait > TimeSpan.Zero)
        {
            // Chunks come together rather than one by one (§2.1).
            await Task.Delay(wait, time, cancellationToken);
        }
    }

    private async Task<SendStatus?> AppendAsync(string workspace, SlackMessageId id, string draft)
    {
        var rest = FindRest(id, draft);
        if (rest is null or "" || !api.TryReserve(workspace, "chat.appendStream"))
        {
            return null;
        }

        var reply = await api.CallAsync(workspace, "chat.appendStream", new JsonObject { ["channel"] = id.Channel, ["ts"] = id.Ts, ["markdown_text"] = rest }, CancellationToken.None);

        // Whether a chunk without an answer was added is not known, so nothing can be added to it any more.
        _seen.AddOrUpdate(
            id.ToString(),
            _ => new Seen(time.GetUtcNow(), time.GetUtcNow(), null),
            (_, seen) => seen with { LastSent = time.GetUtcNow(), Text = reply.IsOk ? draft : reply.Result.Status == SendStatus.Unknown ? null : seen.Text });
        return reply.Result.Status;
    }

    private static string KeyOf(string workspace, string channel, string thread) => $"{workspace}/{channel}/{thread}";

    /// <param name="Text">What the person saw of the answer; null where that is not known.</param>
    private sealed record Seen(DateTimeOffset Begun, DateTimeOffset LastSent, string? Text)
    {
        public bool IsOver { get; init; }
    }
}
