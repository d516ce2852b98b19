using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CopilotBot.Tests.Channels.Teams.Connector;

/// <summary>Takes one request on a port of this machine, answers with these bytes, or none, and hangs up.</summary>
internal sealed class WireServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task<string> _request;

    public WireServer(string answer)
    {
        _listener.Start();
        _request = ServeAsync(answer);
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/";

    public Task<string> RequestAsync() => _request;

    public bool WasAsked => _request.IsCompletedSuccessfully || _listener.Pending();

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        try
        {
            await _request;
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or IOException)
        {
            // Nobody asked.
        }
    }

    private async Task<string> ServeAsync(string answer)
    {
        using var client = await _listener.AcceptTcpClientAsync();
        await using var stream = client.GetStream();
        var (text, buffer) = ("", new byte[4096]);
        while (!text.EndsWith("{}", StringComparison.Ordinal) && !(text.StartsWith("GET", StringComparison.Ordinal) && text.EndsWith("\r\n\r\n", StringComparison.Ordinal)))
        {
            text += Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer));
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
        return text;
    }
}
