using System.CommandLine;

namespace CopilotBot.Commands;

/// <summary>The web page and the command socket; what happens without a verb.</summary>
internal static class ServeCommand
{
    public static Command Describe(IVerbHost host)
    {
        var command = new Command("serve", "Serve the web page and keep the sources indexed, until interrupted. This is the default.");
        AddTo(command, host);
        return command;
    }

    public static void MakeDefault(RootCommand root, IVerbHost host) => AddTo(root, host);

    private static void AddTo(Command command, IVerbHost host)
    {
        var urls = new Option<string?>("--urls") { Description = "Loopback addresses to listen on, separated by semicolons [default: http://127.0.0.1:5080].", HelpName = "urls" };
        var port = new Option<int?>("--port") { Description = "Port on 127.0.0.1, short for --urls; 0 picks a free one.", HelpName = "port" };
        port.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, out var number) && number is < 0 or > 65535)
            {
                result.AddError("--port takes a number from 0 to 65535.");
            }
        });
        command.Add(urls);
        command.Add(port);
        command.Validators.Add(result =>
        {
            if (result.GetResult(urls) is not null && result.GetResult(port) is not null)
            {
                result.AddError("Give --urls or --port, not both.");
            }
        });
        command.SetAction((parsed, cancellationToken) => host.ServeAsync(
            new ServeArguments(
                parsed.GetRequiredValue(CommandLine.DataFolder),
                parsed.GetValue(port) is { } number ? $"http://127.0.0.1:{number}" : parsed.GetValue(urls)),
            cancellationToken));
    }
}
