using CopilotBot.Answering;
using CopilotBot.Channels.Teams.Rendering;

namespace CopilotBot.Channels.Teams;

/// <summary>One stream: whatever is newest goes out once a second; what came between is never sent.</summary>
internal sealed class TeamsStream : IAnswerStream
{
    private readonly TeamsStreams _streams;
    private readonly string _id;
    private readonly string _beginning;
    private readonly DateTimeOffset _end;
    private readonly Func<string, CancellationToken, Task<SendResult>> _send;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _disposing = new();
    private readonly CancellationTokenSource _stopped = new();
    private readonly SemaphoreSlim _news = new(0);
    private readonly Task _pump;

    private volatile AnswerProgress? _latest;

    /// <param name="end">From then on the stream is left alone; the final message still comes.</param>
    public TeamsStream(TeamsStreams streams, string id, string beginning, DateTimeOffset end, Func<string, CancellationToken, Task<SendResult>> send, TimeProvider time)
    {
        (_streams, _id, _beginning, _end, _send, _time) = (streams, id, beginning, end, send, time);
        _pump = PumpAsync();
    }

    public CancellationToken Stopped => _stopped.Token;

    public void Report(AnswerProgress value)
    {
        _latest = value;
        _news.Release();
    }

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
        var sequence = 1;
        AnswerProgress? sent = null;
        try
        {
            while (true)
            {
                await _news.WaitAsync(_disposing.Token);
                await _streams.WaitAsync(_id, _disposing.Token);
                var next = _latest;
                if (next is null || next == sent || _time.GetUtcNow() >= _end)
                {
                    continue;
                }

                var (text, kind) = next.Text.Length > 0 ? (TeamsAnswerRenderer.Draft(next.Text, next.Citations), "streaming") : ($"Reading {next.Passages} passages …", "informative");
                if (text is null)
                {
                    continue;
                }

                // Not cut off by the end of the answer: the final message must not overtake a chunk.
                var result = await _streams.SendAsync(_id, kind == "streaming" ? _beginning + text : text, kind, ++sequence, _send, CancellationToken.None);
                if (result.Status == SendStatus.Stopped)
                {
                    await _stopped.CancelAsync();
                    return;
                }

                if (result.Status != SendStatus.Done)
                {
                    return; // the answer itself is what counts
                }

                sent = next;
            }
        }
        catch (OperationCanceledException) when (_disposing.IsCancellationRequested)
        {
            // The answer is there.
        }
    }
}
