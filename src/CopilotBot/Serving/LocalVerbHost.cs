using System.CommandLine;
using CopilotBot.Commands;
using CopilotBot.Storage;

namespace CopilotBot.Serving;

/// <summary>
/// Runs verbs for a terminal: in this process when the data folder is free, otherwise in the server that holds it, with the same code.
/// </summary>
internal sealed class LocalVerbHost(IReadOnlyList<string> args, CommandContext context, TimeProvider time) : IVerbHost
{
    /// <summary>A server that is just starting, or another verb that is just ending, gets this long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(100);

    public async Task<int> RunAsync<TVerb>(ParseResult parsed, Func<TVerb, CommandContext, CancellationToken, Task<int>> run, CancellationToken cancellationToken)
        where TVerb : notnull
    {
        try
        {
            var folder = DataFolder.Open(context.Resolve(CommandLine.DataFolderOf(parsed)));
            var started = time.GetTimestamp();
            do
            {
                using (var held = DataFolderLock.TryAcquire(folder))
                {
                    if (held is not null)
                    {
                        return await RunHereAsync(folder, run, cancellationToken);
                    }
                }

                var request = new CommandRequest(args, context.WorkingDirectory);
                if (await CommandSocketClient.TryRunAsync(CommandSocket.Locate(folder.SocketPath), request, context, cancellationToken) is { } exit)
                {
                    return exit;
                }

                await Task.Delay(Retry, time, cancellationToken);
            }
            while (time.GetElapsedTime(started) < Patience);

            await context.Error.WriteLineAsync($"Another CopilotBot command holds the data folder {folder.Path}; wait until it is done, or choose another folder with --data.");
            return ExitCode.FolderHeld;
        }
        catch (Exception error) when (VerbBorder.Sentence(error) is { } sentence)
        {
            return await context.FailAsync(sentence);
        }
    }

    public async Task<int> ServeAsync(ServeArguments arguments, CancellationToken cancellationToken)
    {
        try
        {
            var folder = DataFolder.Open(context.Resolve(arguments.DataFolder));
            using var held = DataFolderLock.TryAcquire(folder);
            if (held is null)
            {
                await context.Error.WriteLineAsync($"Another CopilotBot holds the data folder {folder.Path}; use that one, stop it, or choose another folder with --data.");
                return ExitCode.FolderHeld;
            }

            return await Server.RunAsync(folder, arguments.Urls, context, builder => Program.BuildServer(builder, folder), cancellationToken);
        }
        catch (Exception error) when (VerbBorder.Sentence(error) is { } sentence)
        {
            return await context.FailAsync(sentence);
        }
    }

    private async Task<int> RunHereAsync<TVerb>(DataFolder folder, Func<TVerb, CommandContext, CancellationToken, Task<int>> run, CancellationToken cancellationToken)
        where TVerb : notnull
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        builder.AddSettings();
        builder.Logging.KeepQuiet();
        builder.Services.AddProduct(folder);
        using var host = builder.Build();
        return await VerbBorder.RunAsync(host.Services, context, run, cancellationToken);
    }
}
