using System.Buffers.Binary;
using System.CommandLine;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CopilotBot.Commands;

/// <summary>Writes the app package that an admin uploads to Teams: the manifest of the executable, filled in, and its two icons at the root of a zip.</summary>
internal sealed class ManifestTeamsCommand
{
    private const int LongestName = 30;

    private const int LongestNote = 500;

    /// <summary>A reserved name: it leads nowhere.</summary>
    private const string NoAddress = "https://copilotbot.example";

    /// <summary>What the bot needs of a team or chat, and no more: the schema takes any name.</summary>
    private static readonly HashSet<string> AllowedPermissions = ["ChannelMessage.Read.Group", "ChatMessage.Read.Chat"];

    private static readonly (string Key, string File, int Size)[] Icons = [("color", "color.png", 192), ("outline", "outline.png", 32)];

    /// <summary>The same package for the same input.</summary>
    private static readonly DateTimeOffset ZipEpoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Command Describe(IVerbHost host)
    {
        var appId = new Option<string>("--app-id") { Description = "Id of the bot's app registration: a GUID.", HelpName = "guid", Required = true };
        var output = new Option<string>("--out") { Description = "The zip to write.", HelpName = "file", Required = true };
        var name = new Option<string>("--name") { Description = $"Name in Teams, at most {LongestName} characters.", HelpName = "name", DefaultValueFactory = _ => "CopilotBot" };
        var url = new Option<string?>("--url") { Description = "Web address of this bot, https; without it the app's links lead nowhere.", HelpName = "url" };
        var note = new Option<string>("--tenant-note")
        {
            Description = "A sentence that the description of the app ends with, for example whom it is for.",
            HelpName = "sentence",
            DefaultValueFactory = _ => "none",
        };
        var command = new Command("teams", "Write the app package for Teams: a zip to upload in its admin center.") { appId, output, name, url, note };
        command.SetAction((parsed, cancellationToken) => host.RunAsync<ManifestTeamsCommand>(
            parsed,
            (_, context, stop) => RunAsync(
                parsed.GetRequiredValue(appId), parsed.GetRequiredValue(output), parsed.GetRequiredValue(name), parsed.GetValue(url), parsed.GetRequiredValue(note), context, stop),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        string appId, string output, string name, string? url, string note, CommandContext context, CancellationToken cancellationToken)
    {
        var path = context.Resolve(output);
        if (FindProblem(appId, name, url, note) is { } problem)
        {
            return await context.FailAsync(problem);
        }

        if (ManifestOutput.FindProblem(path) is { } unwritable)
        {
            return await context.FailAsync(unwritable);
        }

        var manifest = Fill(Guid.Parse(appId), name.Trim(), url, note.Trim());
        if (FindFault(manifest, Read) is { } fault)
        {
            throw new InvalidOperationException($"The manifest of this executable is broken: {fault}");
        }

        return await ManifestOutput.WriteAsync(path, Pack(manifest), context, cancellationToken);
    }

    /// <returns>What is wrong with the input, in one sentence, or null.</returns>
    private static string? FindProblem(string appId, string name, string? url, string note) =>
        !Guid.TryParseExact(appId, "D", out var id) || id == Guid.Empty ? $"'{appId}' is no app id: --app-id takes a GUID such as 6f1c2b7e-0d43-4c55-9a0e-3b9d5f7a1c20."
        : !ManifestOutput.IsName(name, LongestName) ? $"--name takes 1 to {LongestName} characters."
        : note.Length > LongestNote || note.Any(char.IsControl) ? $"--tenant-note takes one line of at most {LongestNote} characters."
        : url is null || ManifestOutput.IsAddress(url) ? null
        : $"'{url}' is no https address: --url takes something like https://copilot.halvorne.example.";

    internal static JsonObject Fill(Guid appId, string name, string? url, string note)
    {
        var address = new Uri(url ?? NoAddress);
        var values = new Dictionary<string, string>
        {
            ["appId"] = appId.ToString("D"),
            ["name"] = name,
            ["url"] = address.AbsoluteUri.TrimEnd('/'),
            ["host"] = address.IdnHost,
            ["note"] = note is "" or "none" ? "" : $" {note}",
            ["version"] = typeof(ManifestTeamsCommand).Assembly.GetName().Version!.ToString(3), // the build sets one
        };
        var manifest = ManifestTemplate.Fill(Read("manifest.json"), values);
        if (url is null)
        {
            manifest.Remove("validDomains");
        }

        return manifest;
    }

    /// <summary>What the official schema does not see (facts 5).</summary>
    /// <param name="read">The bytes of an icon by its file name.</param>
    /// <returns>The first fault, in one sentence, or null.</returns>
    internal static string? FindFault(JsonObject manifest, Func<string, byte[]> read)
    {
        string?[] ids = [ManifestTemplate.Text(manifest["id"]), ManifestTemplate.Text(manifest["bots"]?[0]?["botId"]), ManifestTemplate.Text(manifest["composeExtensions"]?[0]?["botId"]), ManifestTemplate.Text(manifest["webApplicationInfo"]?["id"])];
        if (ids[0] is null || ids.Any(id => id != ids[0]))
        {
            return "the ids of app, bot, message extension and web application differ.";
        }

        if (ManifestTemplate.Text(manifest["webApplicationInfo"]?["resource"]) != $"api://botid-{ids[0]}")
        {
            return "the resource of the web application does not name the bot.";
        }

        var permissions = (manifest["authorization"]?["permissions"]?["resourceSpecific"] as JsonArray ?? []).Select(permission => ManifestTemplate.Text(permission?["name"]) ?? "").ToList();
        if (permissions.Find(permission => !AllowedPermissions.Contains(permission)) is { } unknown)
        {
            return $"the permission '{unknown}' is not one that the bot needs.";
        }

        foreach (var (key, file, size) in Icons)
        {
            if (ManifestTemplate.Text(manifest["icons"]?[key]) != file)
            {
                return $"the {key} icon is not {file}.";
            }

            if (PngSize(read(file)) is not { } found || found != (size, size))
            {
                return $"{file} is no PNG of {size} x {size}.";
            }
        }

        return null;
    }

    internal static byte[] Read(string file) => ManifestTemplate.Read("Teams", file);

    private static byte[] Pack(JsonObject manifest)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "manifest.json", JsonSerializer.SerializeToUtf8Bytes(manifest, Indented));
            foreach (var (_, file, _) in Icons)
            {
                Add(zip, file, Read(file));
            }
        }

        return bytes.ToArray();
    }

    private static void Add(ZipArchive zip, string name, byte[] content)
    {
        var entry = zip.CreateEntry(name);
        entry.LastWriteTime = ZipEpoch;
        using var stream = entry.Open();
        stream.Write(content);
    }

    /// <returns>Width and height as the header says, or null when it is no PNG.</returns>
    private static (int Width, int Height)? PngSize(byte[] image) =>
        image.Length > 24 && image.AsSpan(1, 3).SequenceEqual("PNG"u8)
            ? (BinaryPrimitives.ReadInt32BigEndian(image.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(image.AsSpan(20)))
            : null;
}
