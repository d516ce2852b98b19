using CopilotBot.Commands;
using CopilotBot.Indexing;
using CopilotBot.Inference;
using CopilotBot.Sources;
using CopilotBot.Storage;
using Microsoft.Extensions.Options;

namespace CopilotBot.Serving;

/// <summary>The one catch around every verb: an outage becomes its one sentence and an exit code, wherever the verb runs.</summary>
internal static partial class VerbBorder
{
    public static async Task<int> RunAsync<TVerb>(
        IServiceProvider services, CommandContext context, Func<TVerb, CommandContext, CancellationToken, Task<int>> run, CancellationToken cancellationToken)
        where TVerb : notnull
    {
        try
        {
            var exit = await run(services.GetRequiredService<TVerb>(), context, cancellationToken);
            await context.Progress.FinishAsync();
            return exit;
        }
        catch (Exception error) when (Sentence(error) is { } sentence)
        {
            return await context.FailAsync(sentence);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            Log.Unexpected(services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(VerbBorder)), typeof(TVerb).Name, error);
            return await context.FailAsync($"Something failed that should not ({error.GetType().Name}); please report it with the log.");
        }
    }

    /// <summary>The message of an exception that was written for whoever runs the program, else null.</summary>
    public static string? Sentence(Exception error) => error switch
    {
        SourceException or ModelException or DataFolderException or IndexException => error.Message,
        OptionsValidationException invalid => $"A setting is wrong, repair it: {string.Join(' ', invalid.Failures)}",
        _ => null,
    };

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "{Verb} failed")]
        public static partial void Unexpected(ILogger logger, string verb, Exception error);
    }
}
