using System.Globalization;
using System.Text.RegularExpressions;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Channels.Teams.Playground;

/// <summary>One conversation of tests/playground/drive.mjs, in Microsoft's Agents Playground, with the executable over the demo.</summary>
public sealed partial class PlaygroundRun : IAsyncLifetime
{
    private static readonly string Folder = Path.Combine(RepositoryPaths.Root, "tests", "playground");

    private string? _missing;

    private NodeRun _drive = new(null, "");

    /// <summary>Exit code of the script.</summary>
    internal int? Exit => _drive.Exit;

    internal string Transcript => _drive.Out;

    /// <summary>What <c>feedback list</c> prints afterwards.</summary>
    internal string Votes { get; private set; } = "";

    /// <summary>Log of the bot.</summary>
    internal string Log { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        _missing = await FindMissingAsync();
        if (_missing is null)
        {
            await PlayAsync();
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    internal void SkipUnlessPlayed() => Assert.SkipWhen(_missing is not null, _missing ?? "");

    /// <summary>The lines of one scenario, from its title to the empty line.</summary>
    internal string Scenario(string title) =>
        Transcript.Split("\n\n").FirstOrDefault(part => part.StartsWith(title, StringComparison.Ordinal)) ?? throw new InvalidOperationException($"'{title}' was not played:\n{Transcript}");

    /// <returns>Why it cannot be played here, or null.</returns>
    private static async Task<string?> FindMissingAsync()
    {
        var node = await NodeRun.StartAsync(Folder, TimeSpan.FromSeconds(10), "node", "--version");
        if (node.Exit != 0 || !int.TryParse(node.Out.TrimStart('v').Split('.')[0], CultureInfo.InvariantCulture, out var version) || version < 20)
        {
            return "Node.js 20 or newer is not installed.";
        }

        if (!IsInstalled)
        {
            var install = await NodeRun.StartAsync(
                Folder, TimeSpan.FromSeconds(60), "npm", "install", "--omit=optional", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--fetch-retries=0");
            return IsInstalled ? null : $"The Agents Playground could not be installed: {install.Out.Trim().Split('\n')[0]}";
        }

        return null;
    }

    private static bool IsInstalled => Directory.Exists(Path.Combine(Folder, "node_modules", "@microsoft", "m365agentsplayground")) && Directory.Exists(Path.Combine(Folder, "node_modules", "ws"));

    private async Task PlayAsync()
    {
        using var folder = new TemporaryFolder();
        var settings = new Dictionary<string, string> { ["Teams__Anonymous"] = "true", ["Teams__EmailDomains__0"] = "halvorne.example" };
        using (var index = CopilotProcess.Start("", "ask", "anything", "--data", folder["data"]))
        {
            (await index.WaitAsync()).ShouldBe(0, index.Error);
        }

        using var bot = CopilotProcess.Start("press Ctrl+C to stop", settings, "--data", folder["data"], "--port", "0");
        await bot.Ready.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        _drive = await NodeRun.StartAsync(Folder, TimeSpan.FromSeconds(75), "node", "drive.mjs", "--bot", Address().Match(bot.Error).Value);
        (await bot.TerminateAsync()).ShouldBe(0, bot.Error);
        Log = bot.Error;
        Votes = (await CommandRun.InProcessAsync(folder.Path, "feedback", "list", "--data", "data")).Out;
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:[0-9]+")]
    private static partial Regex Address();
}
