using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CopilotBot.Tests.Channels.Slack.Sockets;

/// <summary>The other end of the sockets, on a port of this machine: hands out each connection to the test.</summary>
internal sealed class SocketServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<Connection> _connections = Channel.CreateUnbounded<Connection>();

    private SocketServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.UseWebSockets();
        _app.Run(AcceptAsync);
    }

    public string Url => _app.Urls.Single().Replace("http://", "ws://", StringComparison.Ordinal) + "/link";

    public static async Task<SocketServer> StartAsync()
    {
        var server = new SocketServer();
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public async Task<Connection> NextAsync() => await _connections.Reader.ReadAsync(TestContext.Current.CancellationToken);

    /// <summary>The next one, greeted.</summary>
    public async Task<Connection> GreetAsync(int connections = 1)
    {
        var connection = await NextAsync();
        await connection.SendAsync($$"""{"type":"hello","connection_info":{"app_id":"A9"},"num_connections":{{connections}} }""");
        return connection;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AcceptAsync(HttpContext http)
    {
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        var connection = new Connection(socket);
        await _connections.Writer.WriteAsync(connection);
        await connection.ReadAsync(http.RequestAborted);
    }

    internal sealed class Connection(WebSocket socket)
    {
        private readonly Channel<string> _frames = Channel.CreateUnbounded<string>();
        private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>The bot closed it, or hung up.</summary>
        public Task Closed => _closed.Task;

        public Task SendAsync(string frame) =>
            socket.SendAsync(Encoding.UTF8.GetBytes(frame), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);

        public async Task<string> NextAsync() => await _frames.Reader.ReadAsync(TestContext.Current.CancellationToken);

        public bool HasNone => !_frames.Reader.TryPeek(out _);

        public void Drop() => socket.Abort();

        public Task CloseAsync() => socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);

        public async Task ReadAsync(CancellationToken cancel)
        {
            var buffer = new byte[64 * 1024];
            try
            {
                while (await socket.ReceiveAsync(buffer.AsMemory(), cancel) is { MessageType: not WebSocketMessageType.Close } part)
                {
                    _frames.Writer.TryWrite(Encoding.UTF8.GetString(buffer, 0, part.Count));
                }

                if (socket.State == WebSocketState.CloseReceived)
                {
                    await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancel);
                }
            }
            catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or IOException)
            {
                // The bot, or the test, hung up.
            }

            _closed.TrySetResult();
        }
    }
}
