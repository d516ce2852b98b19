using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using CopilotBot.Channels.Slack.Api;

namespace CopilotBot.Channels.Slack.Sockets;

/// <summary>One connection: what Slack delivers over it is taken, and then acknowledged on it (facts/slack.md §5).</summary>
internal sealed partial class SlackSocket : IDisposable
{
    private const int LargestFrame = 4 * 1024 * 1024;

    /// <summary>As long as Slack waits for an acknowledgement.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly WebSocket _socket;
    private readonly Func<SlackDelivery, Task<JsonObject?>> _take;
    private readonly Action _frameCame;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly Lock _lock = new();
    private readonly List<Task> _taking = [];
    private readonly TaskCompletionSource<int?> _hello = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<SlackSocketEnd> _leaving = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SlackSocket(WebSocket socket, Func<SlackDelivery, Task<JsonObject?>> take, Action frameCame, TimeProvider clock, ILogger logger)
    {
        (_socket, _take, _frameCame, _clock, _logger) = (socket, take, frameCame, clock, logger);
        Reading = ReadAsync();
    }

    /// <summary>Ends with the connection, when everything that came over it is taken; never fails.</summary>
    public Task Reading { get; }

    /// <summary>How many connections the app has, as Slack greets; null when the connection ended before.</summary>
    public Task<int?> Hello => _hello.Task;

    /// <summary>Ends when Slack announces the end, or the connection is gone. After an announcement it goes on reading.</summary>
    public Task<SlackSocketEnd> Leaving => _leaving.Task;

    /// <summary>Closes the connection when everything that came is acknowledged, or at once when that takes too long.</summary>
    public async Task CloseAsync()
    {
        using var patience = new CancellationTokenSource(Patience, _clock);
        try
        {
            await Task.WhenAll(Taking()).WaitAsync(patience.Token);
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, patience.Token);
            await Reading.WaitAsync(patience.Token);
        }
        catch (Exception exception) when (IsOfConnection(exception))
        {
            // It is closed one way or the other.
        }

        _socket.Abort();
        await Reading;
    }

    public void Dispose()
    {
        _socket.Dispose();
        _sending.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            while (await ReceiveAsync() is { } frame)
            {
                _frameCame();
                Handle(frame);
            }
        }
        catch (Exception exception) when (IsOfConnection(exception))
        {
            // Slack, or the way to it, is gone: the supervisor opens another one.
        }

        _hello.TrySetResult(null);
        _leaving.TrySetResult(SlackSocketEnd.Closed);
        await Task.WhenAll(Taking());
        await AnswerCloseAsync();
    }

    private async Task AnswerCloseAsync()
    {
        try
        {
            if (_socket.State == WebSocketState.CloseReceived)
            {
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, CancellationToken.None);
            }
        }
        catch (Exception exception) when (IsOfConnection(exception))
        {
            // Slack did not wait for it.
        }
    }

    /// <summary>Null at the end.</summary>
    private async Task<byte[]?> ReceiveAsync()
    {
        using var frame = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var part = await _socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            if (part.MessageType == WebSocketMessageType.Close || frame.Length + part.Count > LargestFrame)
            {
                return null;
            }

            frame.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
            {
                return frame.ToArray();
            }
        }
    }

    private void Handle(byte[] frame)
    {
        JsonElement json;
        try
        {
            using var document = JsonDocument.Parse(frame);
            json = document.RootElement.Clone();
        }
        catch (JsonException)
        {
            Log.Unreadable(_logger);
            return;
        }

        switch (WireJson.Text(json, "type"))
        {
            case "hello":
                _hello.TrySetResult(WireJson.Property(json, "num_connections") is { ValueKind: JsonValueKind.Number } count && count.TryGetInt32(out var connections) ? connections : 0);
                break;
            case "disconnect":
                _leaving.TrySetResult(EndOf(WireJson.Text(json, "reason")));
                break;
            case var type when WireJson.Words(json, "envelope_id") is { } id:
                lock (_lock)
                {
                    _taking.RemoveAll(task => task.IsCompleted);
                    _taking.Add(TakeAsync(id, type, json));
                }

                break;
            default:
                break;
        }
    }

    /// <summary>Started in the order of the frames; whoever takes longer holds nobody up.</summary>
    private async Task TakeAsync(string id, string? type, JsonElement envelope)
    {
        JsonObject? answer;
        try
        {
            answer = KindOf(type) is { } kind ? await _take(new SlackDelivery(kind, WireJson.Property(envelope, "payload"))) : null;
        }
        catch (Exception exception)
        {
            // The border of the delivery: unacknowledged, an event comes again.
            Log.NotTaken(_logger, exception);
            return;
        }

        var acknowledgement = new JsonObject { ["envelope_id"] = id };
        if (answer is not null && WireJson.Property(envelope, "accepts_response_payload").ValueKind == JsonValueKind.True)
        {
            acknowledgement["payload"] = answer.DeepClone();
        }

        try
        {
            await SendAsync(JsonSerializer.SerializeToUtf8Bytes(acknowledgement, SlackForm.Relaxed));
        }
        catch (Exception exception) when (IsOfConnection(exception))
        {
            Log.NotAcknowledged(_logger);
        }
    }

    private async Task SendAsync(byte[] frame)
    {
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
        finally
        {
            _sending.Release();
        }
    }

    private Task[] Taking()
    {
        lock (_lock)
        {
            return [.. _taking];
        }
    }

    private static SlackDeliveryKind? KindOf(string? type) => type switch
    {
        "events_api" => SlackDeliveryKind.Event,
        "slash_commands" => SlackDeliveryKind.Command,
        "interactive" => SlackDeliveryKind.Interaction,
        _ => null,
    };

    /// <summary>What is not known ends the connection too, and another one may be had.</summary>
    private static SlackSocketEnd EndOf(string? reason) => reason switch
    {
        "too_many_websockets" => SlackSocketEnd.TooMany,
        "link_disabled" => SlackSocketEnd.Disabled,
        _ => SlackSocketEnd.Refresh,
    };

    private static bool IsOfConnection(Exception exception) => exception is WebSocketException or IOException or OperationCanceledException or InvalidOperationException;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "A frame of Slack's socket is no JSON.")]
        public static partial void Unreadable(ILogger logger);

        [LoggerMessage(Level = LogLevel.Information, Message = "A delivery of Slack was taken, but its socket is gone: it may come again.")]
        public static partial void NotAcknowledged(ILogger logger);

        [LoggerMessage(Level = LogLevel.Error, Message = "A delivery of Slack could not be taken.")]
        public static partial void NotTaken(ILogger logger, Exception exception);
    }
}
