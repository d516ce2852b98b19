using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Channels.Teams.Rendering;

/// <summary>JSON as it stands in the folder Snapshots; set COPILOTBOT_UPDATE_SNAPSHOTS=1 to write it anew.</summary>
internal static class Snapshot
{
    private static readonly string Folder = Path.Combine(RepositoryPaths.Root, "tests", "CopilotBot.Tests", "Channels", "Teams", "Rendering", "Snapshots");

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void ShouldStandAs(JsonNode document, string name)
    {
        var text = document.ToJsonString(Readable) + "\n";
        var file = Path.Combine(Folder, $"{name}.json");
        if (Environment.GetEnvironmentVariable("COPILOTBOT_UPDATE_SNAPSHOTS") == "1")
        {
            Directory.CreateDirectory(Folder);
            File.WriteAllText(file, text);
        }

        text.ShouldBe(File.ReadAllText(file));
    }
}
