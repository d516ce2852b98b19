using CopilotBot.Answering;

namespace CopilotBot.Channels;

/// <summary>Shows an answer while it is being made. Disposing waits until nothing more will be sent, so that the final message comes last.</summary>
internal interface IAnswerStream : IProgress<AnswerProgress>, IAsyncDisposable
{
    /// <summary>Cancelled when the person stopped the answer.</summary>
    CancellationToken Stopped { get; }
}
