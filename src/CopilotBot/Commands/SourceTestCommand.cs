using System.CommandLine;
using System.Globalization;
using CopilotBot.Serving;
using CopilotBot.Sources;
using CopilotBot.Sync;

namespace CopilotBot.Commands;

/// <summary>Tries a source: its credential, what it can and cannot reach, and how large it is.</summary>
internal sealed class SourceTestCommand(ISourceRegistry sources, LiveSourceTypes types)
{
    public static Command Describe(IVerbHost host)
    {
        var name = new Argument<string>("name") { Description = "Name of the source." };
        var command = new Command("test", "Try the credential of a source and list what it can reach. Exits with 1 when the credential is not accepted or nothing can be read.") { name };
        command.SetAction((parsed, cancellationToken) => host.RunAsync<SourceTestCommand>(
            parsed, (verb, context, stop) => verb.RunAsync(parsed.GetRequiredValue(name), context, stop), cancellationToken));
        return command;
    }

    public static async Task<int> PrintAsync(ILiveSource source, CommandContext context, CancellationToken cancellationToken)
    {
        try
        {
            var check = await source.CheckAsync(cancellationToken);
            await context.Out.WriteLineAsync($"Account: {check.Account}");
            foreach (var warning in check.Warnings)
            {
                await context.Out.WriteLineAsync($"Warning: {warning}");
            }

            var scopes = await source.GetScopesAsync(cancellationToken);
            foreach (var scope in scopes.OrderBy(scope => scope.Key, StringComparer.Ordinal))
            {
                await context.Out.WriteLineAsync($"{scope.Key}\t{scope.Title}\t{scope.Problem ?? (scope.Items is { } items ? string.Create(CultureInfo.InvariantCulture, $"{items} items") : "can be read")}");
            }

            var readable = scopes.Where(scope => scope.Problem is null).ToList();
            var size = readable.TrueForAll(scope => scope.Items is not null) ? string.Create(CultureInfo.InvariantCulture, $", {readable.Sum(scope => scope.Items)} items") : "";
            await context.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{readable.Count} of {scopes.Count} can be read{size}"));
            return readable.Count > 0 ? ExitCode.Ok : await context.FailAsync("Nothing can be read with this account: give it access, or check the keys.");
        }
        catch (SourceException exception)
        {
            return await context.FailAsync(exception.Message);
        }
        catch (SourceThrottledException exception)
        {
            return await context.FailAsync($"The source asks to be left alone until {exception.Until:u}: try again then.");
        }
    }

    private async Task<int> RunAsync(string name, CommandContext context, CancellationToken cancellationToken)
    {
        var registered = sources.List();
        if (registered.FirstOrDefault(source => source.Name.Value == name) is not { } found)
        {
            return await context.FailAsync(SourceSync.UnknownSource(name, registered));
        }

        if (found.Connection is not { } connection)
        {
            return await context.FailAsync($"{name} is a folder; there is nothing to sign in to. To read it: sync --source {name}");
        }

        return await PrintAsync(types.Create(found.Name, found.Type, connection), context, cancellationToken);
    }
}
