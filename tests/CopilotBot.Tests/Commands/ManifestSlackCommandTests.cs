using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CopilotBot.Commands;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Commands;

public sealed class ManifestSlackCommandTests : IDisposable
{
    private const string Url = "https://copilot.halvorne.example";

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> SchemaFaults => [.. PlantedInSchema.Keys];

    public static TheoryData<string> OwnFaults => [.. PlantedInNames.Keys];

    private static Dictionary<string, Action<JsonObject>> PlantedInSchema { get; } = new()
    {
        ["long name"] = manifest => manifest["display_information"]!["name"] = new string('x', 36),
        ["long description"] = manifest => manifest["display_information"]!["description"] = new string('x', 141),
        ["short long description"] = manifest => manifest["display_information"]!["long_description"] = new string('x', 174),
        ["long shortcut"] = manifest => manifest["features"]!["shortcuts"]![0]!["name"] = new string('x', 25),
        ["command without a slash"] = manifest => manifest["features"]!["slash_commands"]![0]!["command"] = "ask",
        ["unknown key"] = manifest => manifest["settings"]!["search"] = true,
        ["unknown kind of shortcut"] = manifest => manifest["features"]!["shortcuts"]![0]!["type"] = "thread",
        ["long agent description"] = manifest => manifest["features"]!["agent_view"]!["agent_description"] = new string('x', 301),
    };

    private static Dictionary<string, Action<JsonObject>> PlantedInNames { get; } = new()
    {
        ["scope too many"] = manifest => manifest["oauth_config"]!["scopes"]!["bot"]!.AsArray().Add("channels:manage"),
        ["scope misspelt"] = manifest => manifest["oauth_config"]!["scopes"]!["bot"]![0] = "app_mention:read",
        ["scope missing"] = manifest => manifest["oauth_config"]!["scopes"]!["bot"]!.AsArray().RemoveAt(2),
        ["scope twice"] = manifest => manifest["oauth_config"]!["scopes"]!["bot"]!.AsArray().Add("commands"),
        ["scopes of people"] = manifest => manifest["oauth_config"]!["scopes"]!["user"] = new JsonArray("search:read"),
        ["event too many"] = manifest => manifest["settings"]!["event_subscriptions"]!["bot_events"]!.AsArray().Add("reaction_added"),
        ["event missing"] = manifest => manifest["settings"]!["event_subscriptions"]!["bot_events"]!.AsArray().RemoveAt(0),
        ["command missing"] = manifest => manifest["features"]!["slash_commands"]!.AsArray().RemoveAt(1),
        ["command unescaped"] = manifest => manifest["features"]!["slash_commands"]![0]!["should_escape"] = false,
        ["other shortcut"] = manifest => manifest["features"]!["shortcuts"]![0]!["callback_id"] = "answer",
        ["no agent"] = manifest => manifest["features"]!.AsObject().Remove("agent_view"),
        ["old agent"] = manifest => manifest["features"]!["assistant_view"] = new JsonObject { ["assistant_description"] = "x" },
        ["other host"] = manifest => manifest["settings"]!["interactivity"]!["request_url"] = "https://elsewhere.example/slack/interactivity",
        ["no https"] = manifest => manifest["features"]!["slash_commands"]![0]!["url"] = "http://copilot.halvorne.example/slack/commands",
        ["address in Socket Mode"] = manifest => manifest["settings"]!["socket_mode_enabled"] = true,
        ["no address"] = manifest => manifest["settings"]!["event_subscriptions"]!.AsObject().Remove("request_url"),
    };

    [Fact]
    public async Task The_manifest_is_printed_with_name_and_addresses()
    {
        var run = await RunAsync("--url", $"{Url}/", "--name", "Ask \"Tidal\" {{url}}");

        run.Exit.ShouldBe(0, run.Error);
        run.Error.ShouldBeEmpty();
        var manifest = JsonNode.Parse(run.Out)!;
        manifest["display_information"]!["name"]!.GetValue<string>().ShouldBe("Ask \"Tidal\" {{url}}");
        manifest["features"]!["slash_commands"]!.AsArray().Select(command => $"{command!["command"]} {command["url"]}")
            .ShouldBe([$"/ask {Url}/slack/commands", $"/ticket {Url}/slack/commands", $"/kb {Url}/slack/commands"]);
        manifest["settings"]!["event_subscriptions"]!["request_url"]!.GetValue<string>().ShouldBe($"{Url}/slack/events");
        manifest["settings"]!["interactivity"]!["request_url"]!.GetValue<string>().ShouldBe($"{Url}/slack/interactivity");
        manifest["oauth_config"]!["redirect_urls"]!.ToJsonString().ShouldBe($"""["{Url}/slack/oauth_redirect"]""");
        (manifest["settings"]!["token_rotation_enabled"]!.GetValue<bool>(), manifest["settings"]!["socket_mode_enabled"]!.GetValue<bool>()).ShouldBe((false, false));
        run.Out.ShouldContain("company's");
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Url)]
    public async Task In_Socket_Mode_there_is_no_address(string? url)
    {
        string[] address = url is null ? [] : ["--url", url];

        var run = await RunAsync(["--socket-mode", "--rotation", "--out", "slack.json", .. address]);

        run.Exit.ShouldBe(0, run.Error);
        run.Out.Trim().ShouldBe(_folder["slack.json"]);
        var text = await File.ReadAllTextAsync(_folder["slack.json"], TestContext.Current.CancellationToken);
        text.ShouldNotContain("http");
        var settings = JsonNode.Parse(text)!["settings"]!;
        (settings["token_rotation_enabled"]!.GetValue<bool>(), settings["socket_mode_enabled"]!.GetValue<bool>()).ShouldBe((true, true));
    }

    [Theory]
    [InlineData("http://copilot.halvorne.example", "CopilotBot", "slack.json", "is no https address")]
    [InlineData("copilot.halvorne.example", "CopilotBot", "slack.json", "is no https address")]
    [InlineData("https://copilot.halvorne.example/?x=1", "CopilotBot", "slack.json", "is no https address")]
    [InlineData(Url, "A name that is longer than thirty-five", "slack.json", "--name takes 1 to 35 characters")]
    [InlineData(Url, " ", "slack.json", "--name takes 1 to 35 characters")]
    [InlineData(Url, "CopilotBot", ".", "is a folder")]
    [InlineData(Url, "CopilotBot", "missing/slack.json", "does not exist")]
    public async Task Bad_input_is_told_in_one_sentence_and_writes_nothing(string url, string name, string output, string expected)
    {
        var run = await RunAsync("--url", url, "--name", name, "--out", output);

        run.Exit.ShouldBe(1);
        run.Sentence.ShouldContain(expected);
        Directory.GetFiles(_folder.Path, "*.json").ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_an_address_there_is_only_Socket_Mode()
    {
        (await RunAsync()).Sentence.ShouldContain("give its address with --url, or add --socket-mode");
        (await RunAsync("--url", $"{Url}/{new string('x', 2_000)}")).Sentence.ShouldContain("at most 2000 characters");
        (await RunAsync("--url", Url, "--name", new string('x', 35))).Exit.ShouldBe(0);
        (await RunAsync("--url", Url, "--name", new string('x', 36))).Exit.ShouldBe(1);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Url)]
    public void The_manifest_is_valid_by_the_official_schema_and_by_our_own_checks(string? url)
    {
        ManifestSlackCommand.FindFault(Manifest(url)).ShouldBeNull();
        OfficialSchema.SlackManifest.SkipUnlessHere();
        OfficialSchema.SlackManifest.Faults(Manifest(url)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(SchemaFaults))]
    public void A_planted_fault_is_refused_by_the_official_schema(string fault)
    {
        OfficialSchema.SlackManifest.SkipUnlessHere();
        var manifest = Manifest(Url);

        PlantedInSchema[fault](manifest);

        OfficialSchema.SlackManifest.Faults(manifest).ShouldNotBeEmpty();
    }

    [Theory]
    [MemberData(nameof(OwnFaults))]
    public void A_planted_fault_that_the_schema_misses_is_refused_by_our_own_checks(string fault)
    {
        var manifest = Manifest(Url);

        PlantedInNames[fault](manifest);

        ManifestSlackCommand.FindFault(manifest).ShouldNotBeNull();
    }

    /// <summary>Set COPILOTBOT_UPDATE_SNAPSHOTS=1 to write the YAML anew.</summary>
    [Fact]
    public void The_YAML_says_the_same_as_the_JSON()
    {
        var yaml = new StringBuilder("# The same as manifest.json, for Slack's form that takes YAML: put the web address of the bot and its name in the place of the {{words}}.\n");
        WriteYaml(yaml, JsonNode.Parse(ManifestTemplate.Read("Slack", "manifest.json"))!.AsObject(), "");
        if (Environment.GetEnvironmentVariable("COPILOTBOT_UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(Path.Combine(RepositoryPaths.Root, "manifests", "slack", "manifest.yaml"), yaml.ToString());
        }

        File.ReadAllText(Path.Combine(RepositoryPaths.Root, "manifests", "slack", "manifest.yaml")).ReplaceLineEndings("\n").ShouldBe(yaml.ToString());
    }

    public void Dispose() => _folder.Dispose();

    private static JsonObject Manifest(string? url) => ManifestSlackCommand.Fill(url, "CopilotBot", rotatesTokens: false);

    /// <summary>Every string in quotes, as JSON: YAML reads it the same.</summary>
    private static void WriteYaml(StringBuilder yaml, JsonObject fields, string indentation)
    {
        foreach (var (name, value) in fields)
        {
            yaml.Append(indentation).Append(name).Append(':');
            switch (value)
            {
                case JsonObject inner:
                    yaml.Append('\n');
                    WriteYaml(yaml, inner, $"{indentation}  ");
                    break;
                case JsonArray items:
                    yaml.Append('\n');
                    foreach (var item in items)
                    {
                        var block = new StringBuilder();
                        if (item is JsonObject entry)
                        {
                            WriteYaml(block, entry, $"{indentation}    ");
                        }
                        else
                        {
                            block.Append(indentation).Append("    ").Append(item!.ToJsonString(Relaxed)).Append('\n');
                        }

                        yaml.Append(indentation).Append("  - ").Append(block.ToString().AsSpan(indentation.Length + 4));
                    }

                    break;
                default:
                    yaml.Append(' ').Append(value!.ToJsonString(Relaxed)).Append('\n');
                    break;
            }
        }
    }

    private Task<CommandRun> RunAsync(params string[] args) => CommandRun.InProcessAsync(_folder.Path, ["manifest", "slack", .. args]);
}
