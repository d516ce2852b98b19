using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace CopilotBot.Tests.Channels;

/// <summary>A model that writes the same text whatever it is asked, sentence by sentence where that is wanted.</summary>
/// <param name="beforeSentence">Awaited before each sentence of a streamed answer.</param>
internal sealed class WrittenAnswer(string text, Func<Task>? beforeSentence = null) : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, text)));

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var sentence in text.Split('\n'))
        {
            await (beforeSentence?.Invoke() ?? Task.CompletedTask).WaitAsync(cancellationToken);
            yield return new ChatResponseUpdate(ChatRole.Assistant, $"{sentence}\n");
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
