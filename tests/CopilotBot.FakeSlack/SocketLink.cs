using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CopilotBot.FakeSlack;

/// <summary>One open socket of the bot.</summary>
/// <param name="abort">Breaks the connection under it.</param>
internal sealed class SocketLink(int number, WebSocket socket, SocketGate gate, Action abort) : IDisposable
{
    private readonly SemaphoreSlim _sending = new(1, 1);

    /// <summary>1 for the first that was ever opened.</summary>
    public int Number => number;

    public SocketGate Gate => gate;

    /// <summary>How many sockets had been opened when this one was told to be replaced; null while it was not.</summary>
    public int? OpenedAtNotice { get; set; }

    /// <summary>This fake closes it: whatever the bot does then is right.</summary>
    public bool IsClosing { get; set; }

    public async Task SendAsync(JsonObject frame, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken);
        try
        {
            await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(frame), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Null once the bot has closed it.</summary>
    public async Task<string?> ReceiveAsync(CancellationToken cancellationToken)
    {
        using var message = new MemoryStream();
        var buffer = new byte[8192];
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
            if (read.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            message.Write(buffer, 0, read.Count);
            if (read.EndOfMessage)
            {
                return Encoding.UTF8.GetString(message.ToArray());
            }
        }
    }

    public Task CloseAsync(CancellationToken cancellationToken) => socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellationToken);

    public void Abort() => abort();

    public void Dispose()
    {
        _sending.Dispose();
        socket.Dispose();
        gate.Dispose();
    }
}
