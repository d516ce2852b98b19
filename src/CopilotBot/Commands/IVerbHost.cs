using System.CommandLine;

namespace CopilotBot.Commands;

/// <summary>
/// Runs a verb where the data folder is open: in this process, in the server that holds the folder, or, inside that server, right here.
/// The one place that looks a class up in the container by type.
/// </summary>
internal interface IVerbHost
{
    Task<int> RunAsync<TVerb>(ParseResult parsed, Func<TVerb, CommandContext, CancellationToken, Task<int>> run, CancellationToken cancellationToken)
        where TVerb : notnull;

    Task<int> ServeAsync(ServeArguments arguments, CancellationToken cancellationToken);
}
