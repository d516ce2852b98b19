using System.CommandLine;
using CopilotBot.Knowledge;
using CopilotBot.Serving;
using CopilotBot.Sync;

namespace CopilotBot.Commands;

/// <summary>Registers a folder as a source and indexes it.</summary>
internal sealed class SourceAddFilesCommand(SourceSync sync, ISourceRegistry sources)
{
    public static Command Describe(IVerbHost host)
    {
        var path = new Option<string>("--path") { Description = "The folder.", HelpName = "folder", Required = true };
        var name = new Option<string>("--name") { Description = "Name of the source: lower-case letters, digits and hyphens.", HelpName = "name", Required = true };
        var readers = new Option<string[]>("--readers")
        {
            Description = "Who may read what the folder itself does not restrict: licensed (every known person, the default), anyone, user:<source>:<id> or group:<source>:<id>.",
            HelpName = "principal",
            AllowMultipleArgumentsPerToken = true,
            Arity = ArgumentArity.OneOrMore,
        };
        var baseUrl = new Option<string?>("--base-url") { Description = "Web address that the paths of the documents are appended to, for links.", HelpName = "url" };
        var command = new Command(
            "files",
            "Add a folder with Markdown, Confluence storage format, Jira issues as JSON or pages as JSON lines, and index it.") { path, name, readers, baseUrl };
        command.SetAction((parsed, cancellationToken) => host.RunAsync<SourceAddFilesCommand>(
            parsed,
            (verb, context, stop) => verb.RunAsync(
                parsed.GetRequiredValue(path), parsed.GetRequiredValue(name), parsed.GetValue(readers) ?? [], parsed.GetValue(baseUrl), context, stop),
            cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(
        string path, string name, IReadOnlyList<string> readers, string? baseUrl, CommandContext context, CancellationToken cancellationToken)
    {
        var folder = context.Resolve(path);
        if (FindProblem(folder, name, readers, baseUrl) is { } problem)
        {
            return await context.FailAsync(problem);
        }

        var registration = new SourceRegistration(SourceName.Parse(name), "files", folder, [.. readers.Select(reader => new Principal(reader))], baseUrl);
        sources.Add(registration);
        return await SyncCommand.PrintAsync(await sync.RunAsync([registration], full: false, context.Progress, cancellationToken), context);
    }

    private string? FindProblem(string folder, string name, IReadOnlyList<string> readers, string? baseUrl)
    {
        try
        {
            var parsed = SourceName.Parse(name);
            if (parsed == DemoKnowledge.Name)
            {
                return $"The name {parsed} belongs to the demo that ships with CopilotBot; choose another name.";
            }

            if (sources.List().Any(source => source.Name == parsed))
            {
                return $"There is a source named {parsed} already; choose another name or remove it with: source remove {parsed}";
            }
        }
        catch (FormatException error)
        {
            return error.Message;
        }

        if (!Directory.Exists(folder))
        {
            return $"The folder {folder} does not exist; check --path.";
        }

        if (readers.FirstOrDefault(reader => !IsPrincipal(reader)) is { } unknown)
        {
            return $"'{unknown}' is no reader; use licensed, anyone, user:<source>:<id> or group:<source>:<id>.";
        }

        return baseUrl is null || (Uri.TryCreate(baseUrl, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
            ? null
            : $"'{baseUrl}' is no web address; --base-url takes something like https://handbook.example/.";
    }

    private static bool IsPrincipal(string text) =>
        text == Principal.Licensed.Value || text == Principal.Anyone.Value || text.Split(':', 3) is ["user" or "group", { Length: > 0 }, { Length: > 0 }];
}
