using CopilotBot.Commands;
using CopilotBot.Serving;

namespace CopilotBot.Tests.Support;

/// <summary>What a command line did.</summary>
internal sealed record CommandRun(int Exit, string Out, string Error)
{
    /// <summary>Runs a command line as the executable does, in this process.</summary>
    public static async Task<CommandRun> InProcessAsync(string workingDirectory, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var context = new CommandContext(output, error, new LineSyncDisplay(error), workingDirectory);
        var exit = await CommandLine.RunAsync(
            args, new LocalVerbHost(args, context, TimeProvider.System), output, error, terminationTimeout: null, TestContext.Current.CancellationToken);
        return new CommandRun(exit, output.ToString(), error.ToString());
    }

    /// <summary>The one sentence on standard error.</summary>
    public string Sentence => Error.Trim().Split('\n').ShouldHaveSingleItem();
}
