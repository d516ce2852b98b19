using System.CommandLine;
using CopilotBot.Extraction.Training;

namespace CopilotBot.Commands;

/// <summary>Writes what people confirmed as labelled messages.</summary>
internal sealed class ExtractLabelCommand(LabelExport export)
{
    public static Command Describe(IVerbHost host)
    {
        var file = new Option<string>("--out") { Description = "JSONL file to write; extract train and extract eval read it.", HelpName = "file", Required = true };
        var command = new Command("label", "Write the messages of confirmed drafts with what people left or corrected in them. A correction that is not in the message's words is marked for review.") { file };
        command.SetAction((parsed, cancellationToken) => host.RunAsync<ExtractLabelCommand>(
            parsed, (verb, context, stop) => verb.RunAsync(context.Resolve(parsed.GetRequiredValue(file)), context, stop), cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(string path, CommandContext context, CancellationToken cancellationToken)
    {
        var messages = export.Collect();
        if (messages.Count == 0)
        {
            return await context.FailAsync("No draft was confirmed and written yet, or none of their messages is kept: label more once people have used the bot.");
        }

        try
        {
            await File.WriteAllLinesAsync(path, messages.Select(message => message.ToLine()), cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return await context.FailAsync($"'{path}' cannot be written: name a file in a folder that exists and that you may write to.");
        }

        await context.Error.WriteLineAsync($"{messages.Count} messages written to {path}; {messages.Count(message => message.Unplaced.Count > 0)} of them have the split \"review\": place their unplaced slots and set it to \"train\".");
        return ExitCode.Ok;
    }
}
