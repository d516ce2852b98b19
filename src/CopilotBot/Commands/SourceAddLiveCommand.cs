using System.CommandLine;
using CopilotBot.Knowledge;
using CopilotBot.Serving;
using CopilotBot.Sources;
using CopilotBot.Sync;

namespace CopilotBot.Commands;

/// <summary>Registers a source that is asked over the network, after it was tried.</summary>
internal sealed class SourceAddLiveCommand(ISourceRegistry sources, LiveSourceTypes types)
{
    /// <param name="type">Type of source.</param>
    /// <param name="scopes">What its scopes are called: "spaces".</param>
    public static Command Describe(IVerbHost host, string type, string title, string scopes, string example, bool hasDataCenter)
    {
        var name = new Option<string>("--name") { Description = "Name of the source: lower-case letters, digits and hyphens.", HelpName = "name", Required = true };
        var site = new Option<string>("--site") { Description = $"Its web address, like {example}.", HelpName = "url", Required = true };
        var email = new Option<string?>("--email") { Description = "Whose API token it is; left out for a personal access token or OAuth.", HelpName = "address" };
        var gateway = new Option<string?>("--gateway") { Description = "API gateway with the cloud id, for scoped tokens and OAuth.", HelpName = "url" };
        var dataCenter = new Option<bool>("--data-center") { Description = "It is a Data Center installation." };
        var only = new Option<string[]>($"--{scopes}") { Description = $"Keys of the {scopes} to read; all that the account can read when left out.", HelpName = "key", AllowMultipleArgumentsPerToken = true };
        var noAttachments = new Option<bool>("--no-attachments") { Description = "Leave attached files out." };
        var command = new Command(
            type,
            $"Add {title}. Its token comes from the environment variable Sources__NAME__Token (hyphens of the name as underscores), never from the command line. It is tried before it is added, and read in the background while the server runs.")
        {
            name, site, only,
        };
        if (hasDataCenter)
        {
            command.Add(email);
            command.Add(gateway);
            command.Add(dataCenter);
            command.Add(noAttachments);
        }

        command.SetAction((parsed, cancellationToken) => host.RunAsync<SourceAddLiveCommand>(
            parsed,
            (verb, context, stop) => verb.RunAsync(
                type, parsed.GetRequiredValue(name), parsed.GetRequiredValue(site), hasDataCenter ? parsed.GetValue(email) : null, hasDataCenter ? parsed.GetValue(gateway) : null,
                hasDataCenter && parsed.GetValue(dataCenter), parsed.GetValue(only) ?? [], !hasDataCenter || !parsed.GetValue(noAttachments), context, stop),
            cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(
        string type, string name, string site, string? email, string? gateway, bool isDataCenter, IReadOnlyList<string> scopes, bool hasAttachments, CommandContext context, CancellationToken cancellationToken)
    {
        if (FindProblem(name, site, gateway) is { } problem)
        {
            return await context.FailAsync(problem);
        }

        var connection = new SourceConnection
        {
            Site = new Uri(site.TrimEnd('/')),
            Edition = isDataCenter ? SourceEdition.DataCenter : SourceEdition.Cloud,
            Gateway = gateway is null ? null : new Uri(gateway.TrimEnd('/')),
            Email = email ?? "",
            Scopes = scopes,
            Attachments = hasAttachments,
        };
        var registration = new SourceRegistration(SourceName.Parse(name), type, "", [], null) { Connection = connection };
        var source = types.Create(registration.Name, type, connection);
        if (await SourceTestCommand.PrintAsync(source, context, cancellationToken) is var exit && exit != ExitCode.Ok)
        {
            return exit;
        }

        sources.Add(registration);
        await context.Out.WriteLineAsync($"{name} is added; a running server reads it by itself. To read it now: sync --source {name}");
        return ExitCode.Ok;
    }

    private string? FindProblem(string name, string site, string? gateway)
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

        return !IsAddress(site) ? $"'{site}' is no address that a token may be sent to; --site takes something like https://halvorne.example (http only on this machine)."
            : gateway is not null && !IsAddress(gateway) ? $"'{gateway}' is no address that a token may be sent to; --gateway takes an https address."
            : null;
    }

    private static bool IsAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback));
}
