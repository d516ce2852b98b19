using System.CommandLine;
using CopilotBot.Commands;

namespace CopilotBot.Serving;

/// <summary>Runs verbs inside the server that holds the data folder, for a caller on the socket.</summary>
internal sealed class ServerVerbHost(IServiceProvider services, CommandContext context) : IVerbHost
{
    public Task<int> RunAsync<TVerb>(ParseResult parsed, Func<TVerb, CommandContext, CancellationToken, Task<int>> run, CancellationToken cancellationToken)
        where TVerb : notnull =>
        VerbBorder.RunAsync(services, context, run, cancellationToken);

    public async Task<int> ServeAsync(ServeArguments arguments, CancellationToken cancellationToken)
    {
        await context.Error.WriteLineAsync("This server is running already.");
        return ExitCode.FolderHeld;
    }
}
