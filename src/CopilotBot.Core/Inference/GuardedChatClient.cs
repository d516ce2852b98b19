using System.ClientModel;
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
        string problem;
        try
        {
            return await base.GetResponseAsync(messages, options, limit.Token);
        }
        catch (ClientResultException exception)
        {
            problem = exception.Status == 0 ? "cannot be reached" : $"answered with status {exception.Status}";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            problem = $"did not answer within {timeout.TotalSeconds:0} s";
        }
        catch (Exception exception) when (exception is AggregateException or HttpRequestException)
        {
            problem = "cannot be reached";
        }
        catch (Exception exception) when (exception is System.Text.Json.JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            problem = "answered with something that is not a chat completion";
        }

        throw new ModelException($"The chat model at {host} {problem}: check the settings under ChatModel and the endpoint.");
    }
}
