using System.Collections.Concurrent;
using CopilotBot.Answering;
using CopilotBot.Channels;
using CopilotBot.Conversations;

namespace CopilotBot.Tests.Channels;

/// <summary>A platform in memory that does what a test wants, call by call; without a script every call succeeds.</summary>
internal sealed class ScriptedAdapter : IChannelAdapter
{
    private readonly Lock _lock = new();

    private readonly List<Shown> _shown = [];

    private int _ids;

    public string Channel => "scripted";

    /// <summary>What the next calls get instead of success. An <see cref="SendStatus.Unknown"/> acts and then fails.</summary>
    public ConcurrentQueue<SendResult> Script { get; } = new();

    /// <summary>Called with what the platform does, before it does it.</summary>
    public Func<string, Task> Before { get; set; } = _ => Task.CompletedTask;

    public Func<InboundTurn, Task<TurnReaders>> Readers { get; set; } = _ => Task.FromResult(new TurnReaders(UserIdentity.LocalStaff, null));

    public Func<InboundTurn, Answer, IReadOnlyList<string>> Draw { get; set; } = (_, answer) => [answer.Text];

    public ScriptedStream? Stream { get; set; }

    /// <summary>What stands in the conversation, in order of posting: "id: text".</summary>
    public IReadOnlyList<string> See(string conversation)
    {
        lock (_lock)
        {
            return [.. _shown.Where(message => message.Address == conversation).Select(message => message.Text)];
        }
    }

    public TimeSpan? Retention { get; set; }

    public Task<TurnReaders> FindReadersAsync(InboundTurn turn, CancellationToken cancellationToken) => Readers(turn);

    public Task<string> FindQuestionAsync(InboundTurn turn, CancellationToken cancellationToken) => Task.FromResult(turn.Text);

    public Task<TurnSurroundings> FindSurroundingsAsync(InboundTurn turn, CancellationToken cancellationToken) => Task.FromResult(TurnSurroundings.None);

    public string? FindThread(InboundTurn turn) => null;

    public string Render(string address, Notice notice, bool mayStream) => notice.ToString();

    public string Render(string address, string words) => words;

    public IReadOnlyList<string> Render(InboundTurn turn, Answer answer) => Draw(turn, answer);

    public Task RemoveOrphansAsync(string address, DateTimeOffset since, Func<string, bool> isKnown, CancellationToken cancellationToken) => Task.CompletedTask;

    public IAnswerStream? OpenStream(InboundTurn turn, string messageId) => Stream;

    public Task<SendResult> PostAsync(string address, string content, CancellationToken cancellationToken) => ActAsync($"post {content}", () =>
    {
        var id = $"{++_ids}";
        _shown.Add(new Shown(id, address, content));
        return id;
    });

    public Task<SendResult> UpdateAsync(string address, string messageId, bool isStream, string content, CancellationToken cancellationToken) => ActAsync($"update {content}", () =>
    {
        var at = _shown.FindIndex(message => message.Id == messageId);
        _shown[at] = _shown[at] with { Text = content };
        return messageId;
    });

    public Task<SendResult> RemoveAsync(string address, string messageId, CancellationToken cancellationToken) => ActAsync("remove", () =>
    {
        _shown.RemoveAll(message => message.Id == messageId);
        return messageId;
    });

    private async Task<SendResult> ActAsync(string what, Func<string> act)
    {
        await Before(what);
        lock (_lock)
        {
            if (!Script.TryDequeue(out var result) || result.Status == SendStatus.Done)
            {
                return new SendResult(SendStatus.Done, result is null ? act() : Discard(act), IsStream: Stream is not null);
            }

            if (result.Status == SendStatus.Unknown)
            {
                act();
            }

            return result;
        }
    }

    /// <summary>Done, but the platform says no id.</summary>
    private static string? Discard(Func<string> act)
    {
        act();
        return null;
    }

    private sealed record Shown(string Id, string Address, string Text);
}
