using System.Net;
using CopilotBot.Answering;
using CopilotBot.Channels;
using CopilotBot.Channels.Teams;
using CopilotBot.Commands;
using CopilotBot.Indexing;
using CopilotBot.Inference;
using CopilotBot.Storage;
using CopilotBot.Sync;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace CopilotBot.Serving;

/// <summary>Runs the web page and the command socket on a data folder that the caller holds.</summary>
internal static class Server
{
    private static readonly TimeSpan GraceForRequests = TimeSpan.FromSeconds(5);

    /// <param name="urls">Addresses from the command line, or null for the setting "Urls".</param>
    /// <param name="build">Names what the application consists of.</param>
    public static async Task<int> RunAsync(
        DataFolder folder, string? urls, CommandContext context, Func<WebApplicationBuilder, WebApplication> build, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, ApplicationName = typeof(Server).Assembly.GetName().Name });
        builder.AddSettings();
        if (builder.Configuration.GetSection("Kestrel:Endpoints").GetChildren().Any())
        {
            return await context.FailAsync("The setting Kestrel:Endpoints is not supported; name the addresses with --urls or the setting Urls.");
        }

        IReadOnlyList<ListenAddress> addresses;
        IReadOnlyList<ListenAddress> forChannels;
        try
        {
            forChannels = ListenAddress.ParseForChannels(builder.Configuration["Channels:Urls"]);
            addresses = ListenAddress.Parse(urls ?? builder.Configuration["Urls"] ?? builder.Configuration["ASPNETCORE_URLS"] ?? ListenAddress.Default);
        }
        catch (FormatException error)
        {
            return await context.FailAsync(error.Message);
        }

        var socket = CommandSocket.Prepare(folder.SocketPath);
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, addresses, forChannels, socket));
        builder.Services.Configure<SocketTransportOptions>(transport => transport.CreateBoundListenSocket = CommandSocket.Bind);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = GraceForRequests);
        builder.Services.AddSingleton<IHostLifetime, CommandLifetime>();
        builder.Services.AddSingleton(context.Progress);
        await using var app = build(builder);
        if (forChannels.Any(address => !address.IsLoopback) && app.Services.GetRequiredService<IOptions<TeamsOptions>>().Value.Anonymous)
        {
            return await context.FailAsync("Teams:Anonymous lets in whoever comes, so Channels:Urls may name loopback addresses only: change one of the two.");
        }

        OpenEverything(app.Services);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException error) when (error.InnerException is AddressInUseException)
        {
            return await context.FailAsync($"Something else listens on {string.Join(" or ", addresses.Concat(forChannels))} already; stop it or choose another port with --port.");
        }

        await context.Error.WriteLineAsync($"CopilotBot answers at {string.Join(" and ", app.Urls.Where(url => !url.StartsWith("http://unix:", StringComparison.Ordinal)))} (data folder {folder.Path}); press Ctrl+C to stop.");
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await app.StopAsync(CancellationToken.None);
        }

        CommandSocket.Remove(folder.SocketPath);
        return ExitCode.Ok;
    }

    /// <summary>A damaged state, index or model ends the start with its sentence, not the first question with an error.</summary>
    private static void OpenEverything(IServiceProvider services)
    {
        _ = services.GetRequiredService<ISourceRegistry>();
        _ = services.GetRequiredService<IKnowledgeIndex>();
        services.GetRequiredService<OnnxTextEncoder>().Load();
        _ = services.GetRequiredService<CopilotOrchestrator>();
    }

    private static void Listen(KestrelServerOptions kestrel, IReadOnlyList<ListenAddress> addresses, IReadOnlyList<ListenAddress> forChannels, string socket)
    {
        kestrel.AddServerHeader = false;
        kestrel.ListenUnixSocket(socket);
        foreach (var address in addresses)
        {
            Listen(kestrel, address, _ => { });
        }

        foreach (var address in forChannels)
        {
            Listen(kestrel, address, ChannelDoor.Mark);
        }
    }

    private static void Listen(KestrelServerOptions kestrel, ListenAddress address, Action<ListenOptions> configure)
    {
        if (address.Host == "localhost")
        {
            kestrel.ListenLocalhost(address.Port, configure);
        }
        else
        {
            kestrel.Listen(IPAddress.Parse(address.Host), address.Port, configure);
        }
    }

    /// <summary>Signals end the command line, which then stops the server: one place listens to them.</summary>
    private sealed class CommandLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
