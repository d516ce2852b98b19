using System.Security.Cryptography;
using CopilotBot.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CopilotBot.Tests.Inference;

/// <summary>Models from a server of this machine through the command line, as an engineer pulls them.</summary>
public sealed class ModelPullTests : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly byte[] _network = new TinyModel().Build();
    private readonly byte[] _vocabulary = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nhello\n"u8.ToArray();
    private readonly WebApplication _server;

    public ModelPullTests()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        _server = builder.Build();
        _server.MapGet("/model", () => Results.Bytes(_network));
        _server.MapGet("/vocabulary", () => Results.Bytes(_vocabulary));
        _server.MapGet("/external", () => Results.Bytes(new TinyModel { ExternalFile = "x" }.Build()));
    }

    [Fact]
    public async Task A_model_is_pulled_once_checked_and_can_be_used()
    {
        var settings = await SettingsAsync();

        (await RunAsync(settings, "models", "pull")).ShouldBe((0, "tiny\tpulled\n", ""));
        (await RunAsync(settings, "models", "pull", "tiny")).ShouldBe((0, "tiny\talready there\n", ""));
        (await RunAsync(settings, "models", "list")).Out.ShouldContain($"tiny\tEncoder\t{_folder["data/models/tiny"]}\n");
        (await RunAsync(settings, "models", "verify")).Out.ShouldContain("tiny\tok\n");
        Directory.EnumerateFileSystemEntries(_folder["data/models"]).ShouldHaveSingleItem();

        // Pulled over what somebody has overwritten.
        await File.WriteAllTextAsync(_folder["data/models/tiny/model.onnx"], "broken", TestContext.Current.CancellationToken);
        (await RunAsync(settings, "models", "verify")).Error.ShouldContain("'models pull tiny'");
        (await RunAsync(settings, "models", "pull", "tiny")).Out.ShouldBe("tiny\tpulled\n");
    }

    [Theory]
    [InlineData("hash", "and not 0000")]
    [InlineData("missing", "answered 404")]
    [InlineData("nobody", "cannot be fetched")]
    [InlineData("external", "keeps tensors in other files")]
    [InlineData("plain", "neither https nor on this machine")]
    [InlineData("no-hash", "64 hexadecimal digits")]
    [InlineData("no-vocabulary", "does not say where vocab.txt comes from")]
    [InlineData("name", "choose a name")]
    public async Task What_is_not_the_right_model_is_one_sentence_and_leaves_nothing(string kind, string expected)
    {
        var settings = await SettingsAsync();
        const string model = "Models__Catalog__tiny__Model__";
        var external = new TinyModel { ExternalFile = "x" }.Build();
        switch (kind)
        {
            case "hash":
                settings[model + "Sha256"] = new string('0', 64);
                break;
            case "missing":
                settings[model + "Url"] = _server.Urls.Single() + "/nothing";
                break;
            case "nobody":
                settings[model + "Url"] = "http://127.0.0.1:9/model";
                break;
            case "external":
                settings[model + "Url"] = _server.Urls.Single() + "/external";
                settings[model + "Sha256"] = Convert.ToHexStringLower(SHA256.HashData(external));
                break;
            case "plain":
                settings[model + "Url"] = "http://models.example/model";
                break;
            case "no-hash":
                settings[model + "Sha256"] = "latest";
                break;
            case "no-vocabulary":
                settings.Remove("Models__Catalog__tiny__Vocabulary__Url");
                settings.Remove("Models__Catalog__tiny__Vocabulary__Sha256");
                break;
            default:
                settings["Models__Catalog__encoder__Folder"] = "/models/own";
                break;
        }

        var run = await RunAsync(settings, "models", "pull", "tiny");

        (run.Exit, run.Out).ShouldBe((1, ""));
        run.Error.Trim().Split('\n').ShouldHaveSingleItem().ShouldContain(expected);
        (Directory.Exists(_folder["data/models"]) ? Directory.EnumerateFileSystemEntries(_folder["data/models"]) : []).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("nothing-of-that-name", "There is no model 'nothing-of-that-name'")]
    [InlineData("tagger", "has the role Tagger")]
    [InlineData("tiny", "'models pull tiny'")]
    public async Task A_model_that_is_named_but_cannot_be_used_is_one_sentence(string name, string expected)
    {
        var settings = await SettingsAsync();
        settings["Models__Encoder"] = name;

        var run = await RunAsync(settings, "ask", "anything");

        run.Exit.ShouldBe(1);
        run.Error.Trim().Split('\n')[^1].ShouldContain(expected);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<Dictionary<string, string>> SettingsAsync()
    {
        await _server.StartAsync(TestContext.Current.CancellationToken);
        var url = _server.Urls.Single();
        return new Dictionary<string, string>
        {
            ["Models__Catalog__tiny__Role"] = "Encoder",
            ["Models__Catalog__tiny__Model__Url"] = $"{url}/model",
            ["Models__Catalog__tiny__Model__Sha256"] = Convert.ToHexString(SHA256.HashData(_network)),
            ["Models__Catalog__tiny__Vocabulary__Url"] = $"{url}/vocabulary",
            ["Models__Catalog__tiny__Vocabulary__Sha256"] = Convert.ToHexStringLower(SHA256.HashData(_vocabulary)),
        };
    }

    private async Task<(int Exit, string Out, string Error)> RunAsync(Dictionary<string, string> settings, params string[] args)
    {
        using var run = CopilotProcess.Start("", settings, [.. args, "--data", _folder["data"]]);
        return (await run.WaitAsync(), await run.Out, run.Error.Trim());
    }
}
