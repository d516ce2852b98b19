using System.IO.Compression;
using System.Text.Json.Nodes;
using CopilotBot.Commands;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Commands;

public sealed class ManifestTeamsCommandTests : IDisposable
{
    private const string AppId = "6f1c2b7e-0d43-4c55-9a0e-3b9d5f7a1c20";

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> SchemaFaults => [.. PlantedInSchema.Keys];

    public static TheoryData<string> OwnFaults => [.. PlantedInIds.Keys];

    private static Dictionary<string, Action<JsonObject>> PlantedInSchema { get; } = new()
    {
        ["scope in lower case"] = manifest => manifest["bots"]![0]!["scopes"]![2] = "groupchat",
        ["long name"] = manifest => manifest["name"]!["short"] = new string('x', 31),
        ["no GUID"] = manifest => manifest["bots"]![0]!["botId"] = "copilot",
        ["other version"] = manifest => manifest["manifestVersion"] = "1.20",
        ["unknown key"] = manifest => manifest["feedback"] = true,
        ["no privacy link"] = manifest => manifest["developer"]!.AsObject().Remove("privacyUrl"),
        ["long command"] = manifest => manifest["composeExtensions"]![0]!["commands"]![0]!["title"] = new string('x', 33),
        ["no color"] = manifest => manifest["accentColor"] = "teal",
    };

    private static Dictionary<string, Action<JsonObject>> PlantedInIds { get; } = new()
    {
        ["other bot"] = manifest => manifest["bots"]![0]!["botId"] = Guid.Empty.ToString(),
        ["other extension"] = manifest => manifest["composeExtensions"]![0]!["botId"] = Guid.Empty.ToString(),
        ["other web application"] = manifest => manifest["webApplicationInfo"]!["id"] = Guid.Empty.ToString(),
        ["other resource"] = manifest => manifest["webApplicationInfo"]!["resource"] = "https://elsewhere.example",
        ["permission too many"] = manifest => manifest["authorization"]!["permissions"]!["resourceSpecific"]!.AsArray().Add(new JsonObject { ["name"] = "ChatMessage.Send.Chat", ["type"] = "Application" }),
        ["icons swapped"] = manifest => (manifest["icons"]!["color"], manifest["icons"]!["outline"]) = ("outline.png", "color.png"),
    };

    [Fact]
    public async Task The_package_holds_the_filled_manifest_and_its_icons_and_is_always_the_same()
    {
        var run = await RunAsync("--app-id", AppId, "--out", "app.zip", "--name", "Ask \"Tidal\" {{url}}", "--url", "https://copilot.halvorne.example/", "--tenant-note", "For people of Halvorne Tidal.");

        run.Exit.ShouldBe(0, run.Error);
        run.Out.Trim().ShouldBe(_folder["app.zip"]);
        using (var zip = ZipFile.OpenRead(_folder["app.zip"]))
        {
            zip.Entries.Select(entry => entry.FullName).ShouldBe(["manifest.json", "color.png", "outline.png"]);
            using var stream = zip.GetEntry("manifest.json")!.Open();
            var manifest = JsonNode.Parse(stream)!;
            manifest["name"]!["short"]!.GetValue<string>().ShouldBe("Ask \"Tidal\" {{url}}");
            manifest["id"]!.GetValue<string>().ShouldBe(AppId);
            manifest["webApplicationInfo"]!["resource"]!.GetValue<string>().ShouldBe($"api://botid-{AppId}");
            manifest["validDomains"]!.ToJsonString().ShouldBe("""["copilot.halvorne.example"]""");
            manifest["developer"]!["websiteUrl"]!.GetValue<string>().ShouldBe("https://copilot.halvorne.example");
            manifest["description"]!["full"]!.GetValue<string>().ShouldEndWith("it says so. For people of Halvorne Tidal.");
        }

        var first = await File.ReadAllBytesAsync(_folder["app.zip"], TestContext.Current.CancellationToken);
        await RunAsync("--app-id", AppId, "--out", "again.zip", "--name", "Ask \"Tidal\" {{url}}", "--url", "https://copilot.halvorne.example/", "--tenant-note", "For people of Halvorne Tidal.");
        (await File.ReadAllBytesAsync(_folder["again.zip"], TestContext.Current.CancellationToken)).ShouldBe(first);
    }

    [Theory]
    [InlineData("copilot", "app.zip", "CopilotBot", "https://copilot.halvorne.example", "'copilot' is no app id")]
    [InlineData("00000000-0000-0000-0000-000000000000", "app.zip", "CopilotBot", "https://copilot.halvorne.example", "is no app id")]
    [InlineData(AppId, "app.zip", "A name that is longer than thirty", "https://copilot.halvorne.example", "--name takes 1 to 30 characters")]
    [InlineData(AppId, "app.zip", " ", "https://copilot.halvorne.example", "--name takes 1 to 30 characters")]
    [InlineData(AppId, "app.zip", "CopilotBot", "http://copilot.halvorne.example", "is no https address")]
    [InlineData(AppId, "app.zip", "CopilotBot", "copilot.halvorne.example", "is no https address")]
    [InlineData(AppId, "missing/app.zip", "CopilotBot", "https://copilot.halvorne.example", "does not exist")]
    [InlineData(AppId, ".", "CopilotBot", "https://copilot.halvorne.example", "is a folder")]
    public async Task Bad_input_is_told_in_one_sentence_and_writes_nothing(string appId, string output, string name, string url, string expected)
    {
        var run = await RunAsync("--app-id", appId, "--out", output, "--name", name, "--url", url);

        run.Exit.ShouldBe(1);
        run.Sentence.ShouldContain(expected);
        Directory.GetFiles(_folder.Path, "*.zip").ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("https://copilot.halvorne.example")]
    public void The_manifest_is_valid_by_the_official_schema_and_by_our_own_checks(string? url)
    {
        ManifestTeamsCommand.FindFault(Manifest(url), ManifestTeamsCommand.Read).ShouldBeNull();
        OfficialSchema.TeamsManifest.SkipUnlessHere();
        OfficialSchema.TeamsManifest.Faults(Manifest(url)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(SchemaFaults))]
    public void A_planted_fault_is_refused_by_the_official_schema(string fault)
    {
        OfficialSchema.TeamsManifest.SkipUnlessHere();
        var manifest = Manifest("https://copilot.halvorne.example");

        PlantedInSchema[fault](manifest);

        OfficialSchema.TeamsManifest.Faults(manifest).ShouldNotBeEmpty();
    }

    [Theory]
    [MemberData(nameof(OwnFaults))]
    public void A_planted_fault_that_the_schema_misses_is_refused_by_our_own_checks(string fault)
    {
        var manifest = Manifest("https://copilot.halvorne.example");

        PlantedInIds[fault](manifest);

        ManifestTeamsCommand.FindFault(manifest, ManifestTeamsCommand.Read).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("color.png", "is no PNG of 192 x 192")]
    [InlineData("outline.png", "is no PNG of 32 x 32")]
    public void An_icon_of_another_size_is_refused(string file, string expected)
    {
        var other = ManifestTeamsCommand.Read(file == "color.png" ? "outline.png" : "color.png");

        ManifestTeamsCommand.FindFault(Manifest(url: null), name => name == file ? other : ManifestTeamsCommand.Read(name)).ShouldNotBeNull().ShouldContain(expected);
        ManifestTeamsCommand.FindFault(Manifest(url: null), name => name == file ? [1, 2, 3] : ManifestTeamsCommand.Read(name)).ShouldNotBeNull().ShouldContain(expected);
    }

    public void Dispose() => _folder.Dispose();

    private static JsonObject Manifest(string? url) => ManifestTeamsCommand.Fill(Guid.Parse(AppId), "CopilotBot", url, "none");

    private Task<CommandRun> RunAsync(params string[] args) => CommandRun.InProcessAsync(_folder.Path, ["manifest", "teams", .. args]);
}
