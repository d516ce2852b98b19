using System.CommandLine;
using CopilotBot.Extraction;
using CopilotBot.Extraction.Prompted;

namespace CopilotBot.Commands;

/// <summary>Writes files that language models are tuned on.</summary>
internal sealed class ExtractExportCommand
{
    private const string OpenAiChat = "openai-chat";

    public static Command Describe(IVerbHost host)
    {
        var format = new Option<string>("--format") { Description = "What the file is for: chat fine-tuning of OpenAI-compatible services and of adapters (QLoRA).", HelpName = "format", DefaultValueFactory = _ => OpenAiChat };
        format.AcceptOnlyFromAmong(OpenAiChat);
        var data = new Option<string>("--data") { Description = "JSONL file of labelled messages; its test part is left out.", HelpName = "file", Required = true };
        var target = new Option<string>("--out") { Description = "File to write.", HelpName = "file", Required = true };
        var command = new Command("export", "Write labelled messages as a file to tune a language model on, and check each line by reading it again.") { format, data, target };
        command.SetAction((parsed, cancellationToken) => host.RunAsync<ExtractExportCommand>(
            parsed, (verb, context, stop) => RunAsync(parsed.GetRequiredValue(data), parsed.GetRequiredValue(target), context, stop), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string data, string target, CommandContext context, CancellationToken cancellationToken)
    {
        var path = context.Resolve(target);
        try
        {
            var messages = LabelledSet.Read(context.Resolve(data)).Where(message => message.Split != "test").ToList();
            await File.WriteAllLinesAsync(path, messages.Select(ChatTuningFile.Write), cancellationToken);
            var number = 0;
            await foreach (var line in File.ReadLinesAsync(path, cancellationToken))
            {
                number++;
                if (ChatTuningFile.Check(line) is { } problem)
                {
                    return await context.FailAsync($"Line {number} of '{path}' is not valid: {problem}. Repair the message in the data and export again.");
                }
            }

            await context.Out.WriteLineAsync($"{number} messages written and checked: {path}");
            return number > 0 ? ExitCode.Ok : await context.FailAsync($"The set '{data}' has no message outside its test part: name another file.");
        }
        catch (LabelledSetException exception)
        {
            return await context.FailAsync(exception.Message);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return await context.FailAsync($"The file '{path}' cannot be written: name one in a folder that exists and may be written to.");
        }
    }
}
