using System.Diagnostics;
using CopilotBot.Extraction.Training;
using CopilotBot.Inference;
using Microsoft.Extensions.Options;

namespace CopilotBot.Commands;

/// <summary>The separate program that trains a whole network: it brings 1 GB of native files, which the bot does without.</summary>
internal sealed class FineTuningProcess(IOptions<TrainingOptions> options)
{
    private const string Name = "CopilotBot.FineTuning";

    /// <summary>Runs it to its end; its lines are handed on as they come.</summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="ModelException">It is not there or cannot be started.</exception>
    public async Task<int> RunAsync(IReadOnlyList<string> arguments, Action<string> report, CancellationToken cancellationToken)
    {
        var program = Find();
        var isManaged = Path.GetExtension(program) == ".dll";
        var start = new ProcessStartInfo(isManaged ? "dotnet" : program, isManaged ? [program, .. arguments] : arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Pass(line.Data, report);
        process.ErrorDataReceived += (_, line) => Pass(line.Data, report);
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new ModelException($"The program '{program}' cannot be started: make it executable for this user, or name another in the setting Extraction:FineTuning.", exception);
        }

        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return process.ExitCode;
    }

    private static void Pass(string? line, Action<string> report)
    {
        if (line is not null)
        {
            report(line);
        }
    }

    private string Find()
    {
        var wanted = options.Value.FineTuning;
        string[] candidates = wanted.Length > 0 ? [wanted] : [Name, Name + ".exe", Name + ".dll"];
        return candidates.Select(candidate => Path.GetFullPath(candidate, AppContext.BaseDirectory)).FirstOrDefault(File.Exists)
            ?? throw new ModelException(
                $"{(wanted.Length > 0 ? $"The program '{wanted}' of the setting Extraction:FineTuning is not there" : $"The program {Name} is not beside the bot")}: build src/{Name} and name its executable in the setting Extraction:FineTuning, or leave --full and --lora out to train heads alone.");
    }
}
