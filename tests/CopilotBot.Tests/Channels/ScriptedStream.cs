using CopilotBot.Answering;
using CopilotBot.Channels;

namespace CopilotBot.Tests.Channels;

internal sealed class ScriptedStream : IAnswerStream
{
    private readonly CancellationTokenSource _stopped = new();

    public List<AnswerProgress> Reported { get; } = [];

    public CancellationToken Stopped => _stopped.Token;

    public bool StopsAtOnce { get; init; }

    public void Report(AnswerProgress value)
    {
        Reported.Add(value);
        if (StopsAtOnce)
        {
            _stopped.Cancel();
        }
    }

    public ValueTask DisposeAsync()
    {
        _stopped.Dispose();
        return ValueTask.CompletedTask;
    }
}
