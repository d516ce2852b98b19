using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Channels.Rendering;

/// <summary>JSON as it stands in the folder Snapshots of a channel; set COPILOTBOT_UPDATE_SNAPSHOTS=1 to write it anew.</summary>
internal static class Snapshot
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void ShouldStandAs(JsonNode document, string channel, string name)
    {
        var text = document.ToJsonString(Readable) + "\n";
        var folder = Path.Combine(RepositoryPaths.Root, "tests", "CopilotBot.Tests", "Channels", channel, "Rendering", "Snapshots");
        var file = Path.Combine(folder, $"{name}.json");
        if (Environment.GetEnvironmentVariable("COPILOTBOT_UPDATE_SNAPSHOTS") == "1")
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(file, text);
        }

        text.ShouldBe(File.ReadAllText(file));
    }
}
