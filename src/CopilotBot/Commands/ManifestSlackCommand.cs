using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CopilotBot.Channels.Slack.Auth;
using CopilotBot.Channels.Slack.Rendering;

namespace CopilotBot.Commands;

/// <summary>Writes the app manifest that an admin pastes into Slack: the one of the executable, filled in.</summary>
internal sealed class ManifestSlackCommand
{
    private const int LongestName = 35;

    private const int LongestUrl = 2000;

    /// <summary>What the bot may do, and no more: the schema takes any name (facts/slack.md §6).</summary>
    private static readonly HashSet<string> Scopes = [.. SlackScopes.Bot];

    /// <summary>What the bot is told.</summary>
    private static readonly HashSet<string> Events =
    [
        "app_mention", "message.im", "message.channels", "message.groups", "message.mpim", "app_home_opened", "agent_session_stopped", "member_joined_channel",
        "member_left_channel", "user_change", "tokens_revoked", "app_uninstalled",
    ];

    private static readonly HashSet<string> Commands = ["/ask", "/ticket", "/kb"];

    private static readonly HashSet<string> Shortcuts = [SlackAction.AnswerThis, SlackAction.TicketFromThis];

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Describe(IVerbHost host)
    {
        var url = new Option<string?>("--url") { Description = "Web address of this bot, https; with --socket-mode none is needed and none written.", HelpName = "url" };
        var name = new Option<string>("--name") { Description = $"Name in Slack, at most {LongestName} characters.", HelpName = "name", DefaultValueFactory = _ => "CopilotBot" };
        var socketMode = new Option<bool>("--socket-mode") { Description = "The bot connects to Slack, which then needs no address of it: for development and behind firewalls." };
        var rotation = new Option<bool>("--rotation") { Description = "Tokens run out after twelve hours and are renewed; Slack lets nobody turn that off again." };
        var output = new Option<string?>("--out") { Description = "The file to write; without it the manifest is printed.", HelpName = "file" };
        var command = new Command("slack", "Write the app manifest for Slack: JSON to paste where an app is made from a manifest.") { url, name, socketMode, rotation, output };
        command.SetAction((parsed, cancellationToken) => host.RunAsync<ManifestSlackCommand>(
            parsed,
            (_, context, stop) => RunAsync(
                parsed.GetValue(url), parsed.GetRequiredValue(name), parsed.GetValue(socketMode), parsed.GetValue(rotation), parsed.GetValue(output), context, stop),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        string? url, string name, bool isSocketMode, bool rotatesTokens, string? output, CommandContext context, CancellationToken cancellationToken)
    {
        if (FindProblem(url, name, isSocketMode) is { } problem)
        {
            return await context.FailAsync(problem);
        }

        var path = output is null ? null : context.Resolve(output);
        if (path is not null && ManifestOutput.FindProblem(path) is { } unwritable)
        {
            return await context.FailAsync(unwritable);
        }

        var manifest = Fill(isSocketMode ? null : url, name.Trim(), rotatesTokens);
        if (FindFault(manifest) is { } fault)
        {
            throw new InvalidOperationException($"The manifest of this executable is broken: {fault}");
        }

        if (path is not null)
        {
            return await ManifestOutput.WriteAsync(path, JsonSerializer.SerializeToUtf8Bytes(manifest, Indented), context, cancellationToken);
        }

        await context.Out.WriteLineAsync(manifest.ToJsonString(Indented));
        return ExitCode.Ok;
    }

    /// <returns>What is wrong with the input, in one sentence, or null.</returns>
    private static string? FindProblem(string? url, string name, bool isSocketMode) =>
        !ManifestOutput.IsName(name, LongestName) ? $"--name takes 1 to {LongestName} characters."
        : url is null && isSocketMode ? null
        : url is null ? "Slack has to reach the bot: give its address with --url, or add --socket-mode."
        : !ManifestOutput.IsAddress(url) ? $"'{url}' is no https address: --url takes something like https://copilot.halvorne.example."
        : url.Length > LongestUrl ? $"--url takes at most {LongestUrl} characters."
        : null;

    /// <param name="url">Null for Socket Mode.</param>
    internal static JsonObject Fill(string? url, string name, bool rotatesTokens)
    {
        var values = new Dictionary<string, string> { ["name"] = name, ["url"] = url is null ? "" : new Uri(url).AbsoluteUri.TrimEnd('/') };
        var manifest = ManifestTemplate.Fill(ManifestTemplate.Read("Slack", "manifest.json"), values);
        var settings = manifest["settings"]!.AsObject(); // ours, like all that is named below
        settings["token_rotation_enabled"] = rotatesTokens;
        if (url is null)
        {
            settings["socket_mode_enabled"] = true;
            settings["event_subscriptions"]!.AsObject().Remove("request_url");
            settings["interactivity"]!.AsObject().Remove("request_url");
            manifest["oauth_config"]!.AsObject().Remove("redirect_urls");
            foreach (var command in manifest["features"]!["slash_commands"]!.AsArray())
            {
                command!.AsObject().Remove("url");
            }
        }

        return manifest;
    }

    /// <summary>What the official schema does not see.</summary>
    /// <returns>The first fault, in one sentence, or null.</returns>
    internal static string? FindFault(JsonObject manifest)
    {
        var (features, settings) = (manifest["features"], manifest["settings"]);
        var scopes = manifest["oauth_config"]?["scopes"] as JsonObject;
        return
            FindDifference("scope", Scopes, Texts(scopes?["bot"])) ?? FindDifference("event", Events, Texts(settings?["event_subscriptions"]?["bot_events"]))
            ?? FindDifference("command", Commands, Texts(features?["slash_commands"], "command")) ?? FindDifference("shortcut", Shortcuts, Texts(features?["shortcuts"], "callback_id"))
            ?? (scopes!.Count > 1 ? "it asks for scopes beside those of the bot."
                : features!["agent_view"] is null || features["assistant_view"] is not null ? "the bot is no agent, or one of the kind that Slack gives up."
                : features["slash_commands"]!.AsArray().Any(command => command?["should_escape"]?.GetValue<bool>() != true) ? "a command does not get the ids of whom it names."
                : FindWrongAddress(manifest));
    }

    /// <summary>Either every address is one of the same host, or Socket Mode is on and there is none.</summary>
    private static string? FindWrongAddress(JsonObject manifest)
    {
        var (features, settings) = (manifest["features"]!, manifest["settings"]!);
        string?[] addresses =
        [
            .. features["slash_commands"]!.AsArray().Select(command => ManifestTemplate.Text(command?["url"])),
            ManifestTemplate.Text(settings["event_subscriptions"]?["request_url"]),
            ManifestTemplate.Text(settings["interactivity"]?["request_url"]),
            ManifestTemplate.Text(manifest["oauth_config"]?["redirect_urls"]?[0]),
        ];
        var hosts = addresses.Select(address => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps ? uri.Authority : null).Distinct();
        var areRight = settings["socket_mode_enabled"]?.GetValue<bool>() == true ? addresses.All(address => address is null) : hosts.ToList() is [not null];
        return areRight ? null : "an address is missing, too many, or leads elsewhere.";
    }

    private static string? FindDifference(string what, HashSet<string> known, IReadOnlyList<string> found) =>
        found.FirstOrDefault(name => !known.Contains(name)) is { } unknown ? $"the {what} '{unknown}' is not one that the bot needs."
        : known.FirstOrDefault(name => found.Count(other => other == name) != 1) is { } missing ? $"the {what} '{missing}' has to be there once."
        : null;

    private static IReadOnlyList<string> Texts(JsonNode? items, string? property = null) =>
        [.. (items as JsonArray ?? []).Select(item => ManifestTemplate.Text(property is null ? item : item?[property]) ?? "")];
}
