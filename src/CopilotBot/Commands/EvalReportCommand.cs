using System.CommandLine;
using CopilotBot.Evaluation;
using CopilotBot.Evaluation.Reports;

namespace CopilotBot.Commands;

/// <summary>Puts stored reports together: one page to look at, or the tables of the documentation.</summary>
internal sealed class EvalReportCommand
{
    public static Command Describe(IVerbHost host)
    {
        var reports = new Argument<string[]>("report")
        {
            Description = "What eval retrieval --json or eval answers --json printed; a folder stands for all *.json in it. The baselines when left out.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var output = new Option<string?>("--out") { Description = "Write one HTML page with tables and plots, which needs nothing but itself.", HelpName = "file" };
        var markdown = new Option<bool>("--markdown") { Description = "Print the tables as Markdown." };
        var baselines = new Option<string?>("--baselines") { Description = "Folder of older reports to compare with.", HelpName = "folder" };
        var command = new Command("report", "Show stored reports: tables, plots, and what changed against older ones.") { reports, output, markdown, baselines };
        command.Validators.Add(result =>
        {
            if (result.GetValue(output) is null && !result.GetValue(markdown))
            {
                result.AddError("Say what to make of the reports: --out FILE or --markdown.");
            }

            if (result.GetValue(reports) is null or [] && result.GetValue(baselines) is null)
            {
                result.AddError("Name at least one report, or a folder of reports.");
            }
        });
        command.SetAction((parsed, cancellationToken) => host.RunAsync<EvalReportCommand>(
            parsed,
            (_, context, stop) => RunAsync(parsed.GetValue(reports) ?? [], parsed.GetValue(output), parsed.GetValue(markdown), parsed.GetValue(baselines), context, stop),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string[] names, string? output, bool markdown, string? baselines, CommandContext context, CancellationToken cancellationToken)
    {
        IReadOnlyList<StoredReport> reports, before;
        try
        {
            before = baselines is null ? [] : StoredReport.LoadAll([context.Resolve(baselines)]);
            (reports, before) = names.Length == 0 ? (before, []) : (StoredReport.LoadAll(names.Select(context.Resolve)), before);
        }
        catch (EvaluationException exception)
        {
            return await context.FailAsync(exception.Message);
        }

        if (output is not null && await WriteAsync(context.Resolve(output), HtmlReport.Write(reports, before), cancellationToken) is { } problem)
        {
            return await context.FailAsync(problem);
        }

        if (markdown)
        {
            await context.Out.WriteLineAsync(MarkdownReport.Write(reports, before));
        }

        return ExitCode.Ok;
    }

    /// <returns>What went wrong, in one sentence, or null.</returns>
    private static async Task<string?> WriteAsync(string path, string page, CancellationToken cancellationToken)
    {
        if (Directory.Exists(path))
        {
            return $"'{path}' is a folder: name a file in it with --out.";
        }

        if (!Directory.Exists(Path.GetDirectoryName(path)))
        {
            return $"The folder '{Path.GetDirectoryName(path)}' does not exist: make it, or name another file with --out.";
        }

        try
        {
            await File.WriteAllTextAsync(path, page, cancellationToken);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"'{path}' cannot be written: give this user access to it, free space on its disk, or name another file with --out.";
        }
    }
}
