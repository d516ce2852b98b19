using System.Net.Sockets;
using System.Text.Json;
using System.Threading.Channels;
using CopilotBot.Commands;
using Microsoft.AspNetCore.Connections.Features;

namespace CopilotBot.Serving;

/// <summary>
/// Runs command lines in the server (architecture decision 9). The socket answers nothing but this, and nothing else answers this: what may
/// use the socket is decided by its file mode, what may use the web page is not.
/// </summary>
internal static class CommandSocketEndpoint
{
    public const string Path = "/cli";

    /// <summary>Keeps the socket and the web apart; goes in front of everything else.</summary>
    public static void UseCommandSocket(this WebApplication app) => app.Use(async (http, next) =>
    {
        if (IsSocket(http) != (http.Request.Path == Path))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        await next(http);
    });

    public static void MapCommandSocket(this WebApplication app) =>
        app.MapPost(Path, (HttpContext http, IServiceProvider services, IHostApplicationLifetime lifetime) => RunAsync(http, services, lifetime)).DisableAntiforgery();

    private static async Task RunAsync(HttpContext http, IServiceProvider services, IHostApplicationLifetime lifetime)
    {
        var request = await JsonSerializer.DeserializeAsync(http.Request.Body, CommandSocketJson.Default.CommandRequest, http.RequestAborted);
        if (request is null)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        // The caller going away and the server stopping both end the verb.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        var events = Channel.CreateUnbounded<CommandEvent>(new UnboundedChannelOptions { SingleReader = true });
        var verb = RunVerbAsync(request, services, events.Writer, stop.Token);
        http.Response.ContentType = "application/x-ndjson";
        await foreach (var line in events.Reader.ReadAllAsync(http.RequestAborted))
        {
            await JsonSerializer.SerializeAsync(http.Response.Body, line, CommandSocketJson.Default.CommandEvent, http.RequestAborted);
            await http.Response.Body.WriteAsync("\n"u8.ToArray(), http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
        }

        await verb;
    }

    private static async Task RunVerbAsync(CommandRequest request, IServiceProvider services, ChannelWriter<CommandEvent> events, CancellationToken cancellationToken)
    {
        using var output = new EventTextWriter(events, text => new CommandEvent(Out: text));
        using var error = new EventTextWriter(events, text => new CommandEvent(Err: text));
        var exit = ExitCode.Failed;
        try
        {
            var host = new ServerVerbHost(services, new CommandContext(output, error, new EventSyncDisplay(events), request.Cwd));
            exit = await CommandLine.RunAsync(request.Args, host, output, error, terminationTimeout: null, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("The server is stopping; start it again and repeat the command.");
        }
        finally
        {
            output.Flush();
            error.Flush();
            events.TryWrite(new CommandEvent(Exit: exit));
            events.Complete();
        }
    }

    private static bool IsSocket(HttpContext http) =>
        http.Features.Get<IConnectionSocketFeature>()?.Socket.AddressFamily == AddressFamily.Unix;
}
