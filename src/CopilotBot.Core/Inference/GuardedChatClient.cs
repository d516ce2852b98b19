using System.ClientModel;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace CopilotBot.Inference;

/// <summary>
/// Bounds a call in time and replaces the errors of an endpoint by our own: theirs may quote the request, which holds document text, or the key.
/// </summary>
internal sealed class GuardedChatClient(IChatClient inner, string host, TimeSpan timeout) : DelegatingChatClient(inner)
{
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            return await base.GetResponseAsync(messages, options, limit.Token);
        }
        catch (Exception exception) when (Problem(exception, cancellationToken) is { } problem)
        {
            throw Replaced(problem);
        }
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        await using var updates = base.GetStreamingResponseAsync(messages, options, limit.Token).GetAsyncEnumerator(limit.Token);
        while (await MoveNextAsync(updates, cancellationToken))
        {
            yield return updates.Current;
        }
    }

    private async Task<bool> MoveNextAsync(IAsyncEnumerator<ChatResponseUpdate> updates, CancellationToken cancellationToken)
    {
        try
        {
            return await updates.MoveNextAsync();
        }
        catch (Exception exception) when (Problem(exception, cancellationToken) is { } problem)
        {
            throw Replaced(problem);
        }
    }

    /// <summary>Null for what is none of the endpoint's doing.</summary>
    private string? Problem(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        ClientResultException refused => refused.Status == 0 ? "cannot be reached" : $"answered with status {refused.Status}",
        OperationCanceledException when !cancellationToken.IsCancellationRequested => $"did not answer within {timeout.TotalSeconds:0} s",
        AggregateException or HttpRequestException or IOException => "cannot be reached",
        JsonException or InvalidOperationException or FormatException or ArgumentException => "answered with something that is not a chat completion",
        _ => null,
    };

    private ModelException Replaced(string problem) => new($"The chat model at {host} {problem}: check the settings under ChatModel and the endpoint.");
}
