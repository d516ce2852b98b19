using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CopilotBot.FakeChatEndpoint;

/// <summary>
/// The chat completions of an OpenAI-compatible endpoint, on a port of this machine. It refuses what the documented interface refuses: a missing or wrong
/// bearer key (401), another content type than JSON, a body without model or messages, an unknown role, a temperature outside 0 to 2, a token limit below 1
/// (400), and an unknown model (404).
/// </summary>
public sealed partial class ChatEndpoint : IAsyncDisposable
{
    private static readonly HashSet<string> Roles = ["system", "developer", "user", "assistant", "tool"];

    private readonly WebApplication _app;
    private readonly string _model;
    private readonly string _apiKey;
    private readonly Func<IReadOnlyList<ChatMessageSeen>, string> _reply;

    private ChatEndpoint(string model, string apiKey, Func<IReadOnlyList<ChatMessageSeen>, string> reply)
    {
        (_model, _apiKey, _reply) = (model, apiKey, reply);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        _app = builder.Build();
        _app.MapPost("/v1/chat/completions", HandleAsync);
    }

    /// <summary>Base address as a client is given it.</summary>
    public string Url => $"{_app.Urls.Single()}/v1";

    /// <summary>Messages of each request that was accepted.</summary>
    public ConcurrentQueue<IReadOnlyList<ChatMessageSeen>> Conversations { get; } = new();

    /// <summary>When set, every request is answered with this status, and the body quotes the request as careless servers do.</summary>
    public int? FailWith { get; set; }

    public static async Task<ChatEndpoint> StartAsync(string model, string apiKey, Func<IReadOnlyList<ChatMessageSeen>, string> reply)
    {
        var endpoint = new ChatEndpoint(model, apiKey, reply);
        await endpoint._app.StartAsync();
        return endpoint;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task HandleAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync(http.RequestAborted);
        if (FailWith is { } status)
        {
            await RefuseAsync(http, status, $"failed on {body} with {http.Request.Headers.Authorization}");
            return;
        }

        if (http.Request.Headers.Authorization != $"Bearer {_apiKey}")
        {
            await RefuseAsync(http, 401, "Incorrect API key provided.");
            return;
        }

        if (http.Request.ContentType?.StartsWith("application/json", StringComparison.Ordinal) != true)
        {
            await RefuseAsync(http, 400, "The content type must be application/json.");
            return;
        }

        using var json = JsonDocument.Parse(body);
        var root = json.RootElement;
        if (!root.TryGetProperty("model", out var model) || !root.TryGetProperty("messages", out var messages) || messages.GetArrayLength() == 0)
        {
            await RefuseAsync(http, 400, "model and messages are required.");
            return;
        }

        if (model.GetString() != _model)
        {
            await RefuseAsync(http, 404, "The model does not exist.");
            return;
        }

        List<ChatMessageSeen> seen = [.. messages.EnumerateArray().Select(message => new ChatMessageSeen(message.GetProperty("role").GetString() ?? "", TextOf(message.GetProperty("content"))))];
        if (seen.Exists(message => !Roles.Contains(message.Role)) || IsOutside(root, "temperature", 0, 2) || IsOutside(root, "max_tokens", 1, 1e6) || IsOutside(root, "max_completion_tokens", 1, 1e6))
        {
            await RefuseAsync(http, 400, "A role, the temperature or the token limit is invalid.");
            return;
        }

        Conversations.Enqueue(seen);
        if (root.TryGetProperty("stream", out var stream) && stream.GetBoolean())
        {
            await StreamAsync(http, _reply(seen));
            return;
        }

        await http.Response.WriteAsJsonAsync(new
        {
            id = "chatcmpl-1",
            @object = "chat.completion",
            created = 1_700_000_000,
            model = _model,
            choices = new[] { new { index = 0, finish_reason = "stop", message = new { role = "assistant", content = _reply(seen) } } },
            usage = new { prompt_tokens = 1, completion_tokens = 1, total_tokens = 2 },
        });
    }

    /// <summary>Server-sent events, a word at a time, ended by [DONE].</summary>
    private async Task StreamAsync(HttpContext http, string reply)
    {
        http.Response.ContentType = "text/event-stream";
        foreach (var word in Words().Matches(reply).Select(match => match.Value).Append(""))
        {
            var chunk = new
            {
                id = "chatcmpl-1",
                @object = "chat.completion.chunk",
                created = 1_700_000_000,
                model = _model,
                choices = new[] { new { index = 0, delta = new { role = "assistant", content = word }, finish_reason = word.Length == 0 ? "stop" : null } },
            };
            await http.Response.WriteAsync($"data: {JsonSerializer.Serialize(chunk)}\n\n", http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
        }

        await http.Response.WriteAsync("data: [DONE]\n\n", http.RequestAborted);
    }

    [GeneratedRegex(@"\s*\S+\s*?(?=\s|$)|\s+")]
    private static partial Regex Words();

    private static bool IsOutside(JsonElement root, string property, double minimum, double maximum) =>
        root.TryGetProperty(property, out var value) && (value.GetDouble() < minimum || value.GetDouble() > maximum);

    /// <summary>Content is a string or a list of parts.</summary>
    private static string TextOf(JsonElement content) => content.ValueKind == JsonValueKind.String
        ? content.GetString()!
        : string.Concat(content.EnumerateArray().Select(part => part.GetProperty("text").GetString()));

    private static Task RefuseAsync(HttpContext http, int status, string message)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(new { error = new { message, type = "invalid_request_error" } });
    }
}
