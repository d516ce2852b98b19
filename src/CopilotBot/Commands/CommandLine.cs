using System.CommandLine;
using System.CommandLine.Help;

namespace CopilotBot.Commands;

/// <summary>The command line as a whole: verbs, the option they share, and how a line becomes an exit code.</summary>
internal static class CommandLine
{
    private const string Description = """
        CopilotBot answers questions from pages and tickets that the asker may read, with citations, on this machine.
        Without a verb it serves the web page. With an empty data folder it first indexes the demo knowledge that ships with it.

        Results go to standard output, everything else to standard error.

        Exit codes:
          0  done; an abstention is an answer too
          1  failed: one sentence on standard error says what to do
          2  the command line was not understood
          3  another process holds the data folder
        """;

    public static Option<string> DataFolder { get; } = new("--data")
    {
        Description = "Folder that holds the index and all state.",
        HelpName = "folder",
        Recursive = true,
        DefaultValueFactory = _ => "data",
    };

    /// <summary>For verbs whose own --data hides the folder.</summary>
    public static Option<string?> OtherDataFolder { get; } = new("--data-folder") { Description = "Folder that holds the index and all state; \"data\" when left out.", HelpName = "folder" };

    public static string DataFolderOf(ParseResult parsed) => parsed.GetValue(OtherDataFolder) ?? parsed.GetRequiredValue(DataFolder);

    public static async Task<int> RunAsync(
        IReadOnlyList<string> args, IVerbHost host, TextWriter output, TextWriter error, TimeSpan? terminationTimeout, CancellationToken cancellationToken)
    {
        // Without a response-file replacer: a question may start with "@".
        var parsed = Create(host).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var invocation = new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = terminationTimeout,
        };
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpAction)
        {
            await error.WriteLineAsync($"{string.Join(' ', parsed.Errors.Select(problem => problem.Message).Distinct())} Add --help to see what is possible.");
            return ExitCode.Usage;
        }

        return await parsed.InvokeAsync(invocation, cancellationToken);
    }

    public static RootCommand Create(IVerbHost host)
    {
        var serve = ServeCommand.Describe(host);
        var root = new RootCommand(Description)
        {
            DataFolder,
            serve,
            AskCommand.Describe(host),
            SyncCommand.Describe(host),
            new Command("source", "Add, test, list and remove the places that knowledge is read from.")
            {
                new Command("add", "Add a source.")
                {
                    SourceAddFilesCommand.Describe(host),
                    SourceAddLiveCommand.Describe(host, "confluence", "the spaces of a Confluence site", "spaces", "https://halvorne.example", hasDataCenter: true),
                    SourceAddLiveCommand.Describe(host, "jira", "the projects of a Jira site", "projects", "https://halvorne.example", hasDataCenter: true),
                    SourceAddLiveCommand.Describe(host, "github", "the issues of GitHub repositories", "repositories", "https://api.github.example", hasDataCenter: false),
                },
                SourceTestCommand.Describe(host),
                SourceListCommand.Describe(host),
                SourceRemoveCommand.Describe(host),
            },
            new Command("eval", "Measure quality.") { EvalAnswersCommand.Describe(host), EvalRetrievalCommand.Describe(host), EvalReportCommand.Describe(host) },
            ExtractCommands.Describe(host),
            FeedbackCommand.Describe(host),
            AnnounceCommand.Describe(host),
            ModelsCommand.Describe(host),
            ReadAttachmentCommand.Describe(),
            new Command("index", "Look into the index.") { IndexStatsCommand.Describe(host) },
            new Command("manifest", "Write what a chat platform wants to know about the bot.") { ManifestSlackCommand.Describe(host), ManifestTeamsCommand.Describe(host) },
        };
        root.HelpName = "CopilotBot";
        ServeCommand.MakeDefault(root, host);
        return root;
    }
}
