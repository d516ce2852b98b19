using CopilotBot.Answering;
using CopilotBot.Channels;
using CopilotBot.Conversations;

namespace CopilotBot.Tests.Channels.Planted;

/// <summary>The product's adapter with a bug around it.</summary>
internal sealed class BrokenAdapter(IChannelAdapter adapter) : IChannelAdapter
{
    public bool UpdatesByPosting { get; init; }

    public bool IgnoresRemovals { get; init; }

    public Func<SendResult, SendResult> Result { get; init; } = result => result;

    public Func<TurnReaders, TurnReaders> Readers { get; init; } = readers => readers;

    public Func<IReadOnlyList<string>, IReadOnlyList<string>> Contents { get; init; } = contents => contents;

    public string Channel => adapter.Channel;

    public async Task<TurnReaders> FindReadersAsync(InboundTurn turn, CancellationToken cancellationToken) => Readers(await adapter.FindReadersAsync(turn, cancellationToken));

    public Task<TurnSurroundings> FindSurroundingsAsync(InboundTurn turn, CancellationToken cancellationToken) => adapter.FindSurroundingsAsync(turn, cancellationToken);

    public string? FindThread(InboundTurn turn) => adapter.FindThread(turn);

    public TimeSpan? Retention => adapter.Retention;

    public Task<string> FindQuestionAsync(InboundTurn turn, CancellationToken cancellationToken) => adapter.FindQuestionAsync(turn, cancellationToken);

    public string Render(string address, Notice notice, bool mayStream) => adapter.Render(address, notice, mayStream);

    public string Render(string address, string words) => adapter.Render(address, words);

    public IReadOnlyList<string> Render(InboundTurn turn, Answer answer) => Contents(adapter.Render(turn, answer));

    public async Task<SendResult> PostAsync(string address, string content, CancellationToken cancellationToken) => Result(await adapter.PostAsync(address, content, cancellationToken));

    public async Task<SendResult> UpdateAsync(string address, string messageId, bool isStream, string content, CancellationToken cancellationToken) => UpdatesByPosting
        ? await PostAsync(address, content, cancellationToken)
        : Result(await adapter.UpdateAsync(address, messageId, isStream, content, cancellationToken));

    public async Task<SendResult> RemoveAsync(string address, string messageId, CancellationToken cancellationToken) =>
        IgnoresRemovals ? SendResult.Done(messageId) : Result(await adapter.RemoveAsync(address, messageId, cancellationToken));

    public Task RemoveOrphansAsync(string address, DateTimeOffset since, Func<string, bool> isKnown, CancellationToken cancellationToken) => adapter.RemoveOrphansAsync(address, since, isKnown, cancellationToken);

    public IAnswerStream? OpenStream(InboundTurn turn, string messageId) => adapter.OpenStream(turn, messageId);
}
