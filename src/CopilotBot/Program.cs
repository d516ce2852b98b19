using CopilotBot.Channels;
using CopilotBot.Channels.Slack.Sockets;
using CopilotBot.Commands;
using CopilotBot.Pages;
using CopilotBot.Serving;
using CopilotBot.Storage;

namespace CopilotBot;

internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        var context = new CommandContext(Console.Out, Console.Error, ConsoleSyncDisplay.ForStandardError(TimeProvider.System), Environment.CurrentDirectory);
        return await CommandLine.RunAsync(args, new LocalVerbHost(args, context, TimeProvider.System), context.Out, context.Error, TimeSpan.FromSeconds(10), CancellationToken.None);
    }

    /// <summary>What the product consists of, for a verb as well as for the server.</summary>
    public static IServiceCollection AddProduct(this IServiceCollection services, DataFolder folder) => services
        .AddCopilot(folder)
        .AddKeyRing(folder)
        .AddChannels()
        .AddSourceSync()
        .AddLiveSources()
        .AddAttachments()
        .AddCommands();

    /// <param name="replace">Puts other parts in the place of the product's; null for none.</param>
    public static WebApplication BuildServer(WebApplicationBuilder builder, DataFolder folder, Action<IServiceCollection>? replace = null)
    {
        builder.Services.AddProduct(folder).AddBackgroundSync().AddLiveFollower().AddTurnWorker().AddSlackSockets().AddPages().AddHealth();
        replace?.Invoke(builder.Services);
        var app = builder.Build();
        app.UseCommandSocket();
        app.UseChannels();
        app.UsePages();
        app.MapCommandSocket();
        app.MapPages();
        app.MapHealth();
        return app;
    }
}
