using CopilotBot.Answering;

namespace CopilotBot.Channels;

/// <summary>Shows whatever is newest at the platform's pace; what came between is never sent.</summary>
internal sealed class PacedStream : IAnswerStream
{
    private readonly Func<CancellationToken, Task> _pace;
    private readonly Func<AnswerProgress, Task<SendStatus?>> _send;
    private readonly CancellationTokenSource _disposing = new();
    private readonly CancellationTokenSource _stopped = new();
    private readonly SemaphoreSlim _news = new(0);
    private readonly Task _pump;

    private volatile AnswerProgress? _latest;

    /// <param name="pace">Returns when the stream may be sent to again.</param>
    /// <param name="send">Null where there was nothing to send. After anything but success the stream is left alone: the answer itself is what counts.</param>
    public PacedStream(Func<CancellationToken, Task> pace, Func<AnswerProgress, Task<SendStatus?>> send)
    {
        (_pace, _send) = (pace, send);
        _pump = PumpAsync();
    }

    public CancellationToken Stopped => _stopped.Token;

    public void Report(AnswerProgress value)
    {
        _latest = value;
        _news.Release();
    }

    /// <summary>The person pressed stop.</summary>
    public void Stop() => _stopped.Cancel();

    public async ValueTask DisposeAsync()
    {
        await _disposing.CancelAsync();
        await _pump;
        _disposing.Dispose();
        _stopped.Dispose();
        _news.Dispose();
    }

    private async Task PumpAsync()
    {
        AnswerProgress? sent = null;
        try
        {
            while (true)
            {
                await _news.WaitAsync(_disposing.Token);
                await _pace(_disposing.Token);
                if (_latest is not { } next || next == sent)
                {
                    continue;
                }

                // Not cut off by the end of the answer: the final message must not overtake a chunk.
                switch (await _send(next))
                {
                    case SendStatus.Done:
                        sent = next;
                        break;
                    case SendStatus.Stopped:
                        await _stopped.CancelAsync();
                        return;
                    case null:
                        break;
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
