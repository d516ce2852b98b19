namespace CopilotBot.Commands;

/// <summary>Where a verb runs: at a terminal, or in the server on behalf of one. A verb touches no console and no current directory.</summary>
/// <param name="Out">Results.</param>
/// <param name="Error">Everything else: one-sentence errors and notes.</param>
/// <param name="WorkingDirectory">What relative paths of the caller start from.</param>
internal sealed record CommandContext(TextWriter Out, TextWriter Error, ISyncDisplay Progress, string WorkingDirectory)
{
    public string Resolve(string path) => Path.GetFullPath(path, WorkingDirectory);

    /// <summary>Tells the caller in one sentence what is wrong and what to do; returns the exit code of a failure.</summary>
    public async Task<int> FailAsync(string sentence)
    {
        await Progress.FinishAsync();
        await Error.WriteLineAsync(sentence);
        return ExitCode.Failed;
    }
}
