using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CopilotBot.Channels;
using CopilotBot.Channels.Slack;
using CopilotBot.Channels.Slack.Auth;
using CopilotBot.Commands;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Channels.Slack;

/// <summary>docs/slack.md against the product.</summary>
public sealed partial class SlackGuideTests
{
    private static readonly JsonObject Manifest = ManifestSlackCommand.Fill("https://copilot.halvorne.example", "CopilotBot", rotatesTokens: false);

    [Fact]
    public async Task The_guide_names_every_setting_and_none_that_does_not_exist()
    {
        var named = Setting().Matches(await ReadAsync()).Select(match => $"{match.Groups[1].Value}:{match.Groups[2].Value}").Distinct().ToList();

        named.Where(name => !name.StartsWith("Channels:", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .ShouldBe(Names("Slack", typeof(SlackOptions)).Concat(Names("Security", typeof(SecurityOptions))).Order(StringComparer.Ordinal));
        named.Where(name => name.StartsWith("Channels:", StringComparison.Ordinal)).ShouldBeSubsetOf(Names("Channels", typeof(ChannelOptions)).Append("Channels:Urls"));
    }

    [Fact]
    public async Task The_table_of_settings_tells_their_defaults()
    {
        var rows = SettingRow().Matches(await ReadAsync()).ToDictionary(row => row.Groups[1].Value, row => row.Groups[2].Value);
        var options = new SlackOptions();

        rows.ShouldBe(typeof(SlackOptions).GetProperties().ToDictionary(property => property.Name, property => property.GetValue(options) switch
        {
            "" or IList<string> { Count: 0 } => "none",
            bool flag => flag ? "true" : "false",
            var value => value!.ToString()!, // no setting is null by default
        }), ignoreOrder: true);
    }

    [Fact]
    public async Task The_guide_names_every_secret_and_none_that_does_not_exist()
    {
        var secrets = typeof(SlackSecrets).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!); // all are constants

        Secret().Matches(await ReadAsync()).Select(match => match.Value).Distinct().ShouldBe(secrets, ignoreOrder: true);
    }

    [Fact]
    public async Task Scopes_and_events_are_explained_one_by_one()
    {
        var guide = await ReadAsync();

        Explained(guide, "scope").ShouldBe(SlackScopes.Bot, ignoreOrder: true);
        Explained(guide, "scope").ShouldBe(Texts(Manifest["oauth_config"]!["scopes"]!["bot"]), ignoreOrder: true);
        Explained(guide, "event").ShouldBe(Texts(Manifest["settings"]!["event_subscriptions"]!["bot_events"]), ignoreOrder: true);
    }

    [Fact]
    public async Task Every_command_and_shortcut_of_the_manifest_and_every_address_is_described()
    {
        var guide = await ReadAsync();
        var features = Manifest["features"]!;

        Texts(features["slash_commands"], "command").ShouldAllBe(command => guide.Contains($"`{command}", StringComparison.Ordinal));
        Texts(features["shortcuts"], "name").ShouldAllBe(name => guide.Contains($"\"{name}\"", StringComparison.Ordinal));
        Address().Matches(guide).Select(match => match.Value).Distinct()
            .ShouldBe(["/slack/events", "/slack/commands", "/slack/interactivity", SlackOAuthEndpoint.InstallPath, SlackOAuthEndpoint.RedirectPath], ignoreOrder: true);
    }

    [Fact]
    public async Task What_the_guide_shows_of_the_manifest_is_in_it()
    {
        var manifest = Manifest.ToJsonString(new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }).Split('\n').Select(line => line.Trim()).ToHashSet();
        var shown = Shown().Match(await ReadAsync()).Groups[1].Value.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(line => line != "...").ToList();

        shown.Count.ShouldBeGreaterThan(5);
        shown.ShouldBeSubsetOf(manifest);
    }

    private static Task<string> ReadAsync() => File.ReadAllTextAsync(Path.Combine(RepositoryPaths.Root, "docs", "slack.md"), TestContext.Current.CancellationToken);

    private static IEnumerable<string> Names(string section, Type options) => options.GetProperties().Select(property => $"{section}:{property.Name}");

    /// <summary>The first cells of the table that begins with the word.</summary>
    private static List<string> Explained(string guide, string table) =>
        [.. guide.Split($"\n| {table} | why |\n|---|---|\n")[1].Split("\n\n")[0].Split('\n').SelectMany(row => Code().Matches(row.Split('|')[1])).Select(name => name.Groups[1].Value)];

    private static List<string> Texts(JsonNode? items, string? property = null) => [.. items!.AsArray().Select(item => (property is null ? item : item![property])!.GetValue<string>())]; // of our own manifest

    [GeneratedRegex(@"\b(Slack|Channels|Security)(?::|__)([A-Z][A-Za-z]+)")]
    private static partial Regex Setting();

    [GeneratedRegex(@"^\| `Slack:([A-Za-z]+)` \| (.+?) \|", RegexOptions.Multiline)]
    private static partial Regex SettingRow();

    [GeneratedRegex(@"COPILOTBOT_SLACK_[A-Z_]+")]
    private static partial Regex Secret();

    [GeneratedRegex(@"/slack/[a-z_]+")]
    private static partial Regex Address();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"^ *\{\n((?:.*\n)*?) *\}\n *```", RegexOptions.Multiline)]
    private static partial Regex Shown();
}
