using System.Threading.Channels;
using CopilotBot.Answering;

namespace CopilotBot.Channels;

/// <summary>Shows whatever is newest at the platform's pace; what came between is never sent.</summary>
internal sealed class PacedStream : IAnswerStream
{
    private readonly Func<CancellationToken, Task> _pace;
    private readonly Func<AnswerProgress, Task<SendStatus?>> _send;
    private readonly Action? _ended;
    private readonly CancellationTokenSource _disposing = new();
    private readonly CancellationTokenSource _stopped = new();
    private readonly Channel<AnswerProgress> _news = Channel.CreateBounded<AnswerProgress>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly Task _pump;

    /// <param name="pace">Returns when the stream may be sent to again.</param>
    /// <param name="send">Null where there was nothing to send. After anything but success the stream is left alone: the answer itself is what counts.</param>
    /// <param name="ended">Runs before the last chunk is waited for.</param>
    public PacedStream(Func<CancellationToken, Task> pace, Func<AnswerProgress, Task<SendStatus?>> send, Action? ended = null)
    {
        (_pace, _send, _ended) = (pace, send, ended);
        _pump = PumpAsync();
    }

    public CancellationToken Stopped => _stopped.Token;

    /// <summary>An answer that was cut off may go on for a while: what it reports then is not shown.</summary>
    public void Report(AnswerProgress value) => _news.Writer.TryWrite(value);

    /// <summary>The person pressed stop.</summary>
    public void Stop() => _stopped.Cancel();

    public async ValueTask DisposeAsync()
    {
        _ended?.Invoke();
        _news.Writer.Complete();
        await _disposing.CancelAsync();
        await _pump;
        _disposing.Dispose();
        _stopped.Dispose();
    }

    private async Task PumpAsync()
    {
        try
        {
            while (await _news.Reader.WaitToReadAsync(_disposing.Token))
            {
                await _pace(_disposing.Token);

                // Not cut off by the end of the answer: the final message must not overtake a chunk.
                switch (_news.Reader.TryRead(out var next) ? await _send(next) : null)
                {
                    case SendStatus.Done or null:
                        break;
                    case SendStatus.Stopped:
                        await _stopped.CancelAsync();
                        return;
                    default:
                        return;
                }
            }
        }
        catch (OperationCanceledException) when (_disposing.IsCancellationRequested)
        {
            // The answer is there.
        }
    }
}
