using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using CopilotBot.Commands;

namespace CopilotBot.Serving;

/// <summary>Sends a command line to the server that holds the data folder and shows here what happens there.</summary>
internal static class CommandSocketClient
{
    /// <returns>The exit code, or null when nothing listens on the socket.</returns>
    public static async Task<int?> TryRunAsync(string socketPath, CommandRequest request, CommandContext context, CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), cancellationToken);
        }
        catch (Exception error) when (error is SocketException or ArgumentOutOfRangeException)
        {
            return null;
        }

        using var stream = new NetworkStream(socket);
        using var http = CreateClient(stream);
        using var message = new HttpRequestMessage(HttpMethod.Post, CommandSocketEndpoint.Path)
        {
            Content = JsonContent.Create(request, CommandSocketJson.Default.CommandRequest),
        };
        try
        {
            using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return await RelayAsync(response, context, cancellationToken);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or JsonException)
        {
            return await context.FailAsync("The server that holds the data folder broke off; look at its console and repeat the command.");
        }
    }

    private static HttpClient CreateClient(NetworkStream stream) => new(
        new SocketsHttpHandler { ConnectCallback = (_, _) => ValueTask.FromResult<Stream>(stream), UseProxy = false, AllowAutoRedirect = false })
    {
        BaseAddress = new Uri("http://localhost"),
        DefaultRequestVersion = HttpVersion.Version11,
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private static async Task<int> RelayAsync(HttpResponseMessage response, CommandContext context, CancellationToken cancellationToken)
    {
        if (response.StatusCode != HttpStatusCode.OK)
        {
            return await context.FailAsync("The server that holds the data folder did not take the command; is it another version of CopilotBot?");
        }

        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            var item = JsonSerializer.Deserialize(line, CommandSocketJson.Default.CommandEvent) ?? new CommandEvent();
            if (item.Progress is { } progress)
            {
                context.Progress.Report(progress.ToProgress());
                continue;
            }

            await context.Progress.FinishAsync();
            await context.Out.WriteAsync(item.Out);
            await context.Error.WriteAsync(item.Err);
            if (item.Exit is { } exit)
            {
                return exit;
            }
        }

        return await context.FailAsync("The server that holds the data folder broke off; look at its console and repeat the command.");
    }
}
