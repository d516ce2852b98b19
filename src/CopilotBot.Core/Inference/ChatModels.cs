using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using OpenAI;

namespace CopilotBot.Inference;

/// <summary>Chat clients for the endpoints of the settings.</summary>
public static class ChatModels
{
    /// <param name="options">With an endpoint.</param>
    /// <param name="apiKey">Null for an endpoint that asks for none, as those on this machine do.</param>
    /// <exception cref="ModelException">The settings do not name an endpoint that can be used.</exception>
    public static IChatClient Create(ChatModelOptions options, string? apiKey)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!Uri.TryCreate(options.Endpoint, UriKind.Absolute, out var endpoint)
            || !(endpoint.Scheme == Uri.UriSchemeHttps || (endpoint.Scheme == Uri.UriSchemeHttp && endpoint.IsLoopback)))
        {
            throw new ModelException("The setting ChatModel:Endpoint is neither an https address nor one of this machine: repair it, or empty it to answer without a language model.");
        }

        if (options.Model.Length == 0 || options.TimeoutSeconds < 1)
        {
            throw new ModelException("The settings under ChatModel need a Model and a TimeoutSeconds of at least 1: add them, or empty the Endpoint to answer without a language model.");
        }

        if (string.IsNullOrEmpty(apiKey) && !endpoint.IsLoopback)
        {
            throw new ModelException($"The endpoint of ChatModel needs a key: put it into the environment variable {options.ApiKeyVariable}.");
        }

        var settings = new OpenAIClientOptions
        {
            Endpoint = endpoint,
            NetworkTimeout = TimeSpan.FromSeconds(options.TimeoutSeconds),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 1),
        };
        var client = new OpenAIClient(new ApiKeyCredential(string.IsNullOrEmpty(apiKey) ? "none" : apiKey), settings);
        return new GuardedChatClient(client.GetChatClient(options.Model).AsIChatClient(), endpoint.Host, TimeSpan.FromSeconds(options.TimeoutSeconds));
    }
}
