using System.Text.Json.Serialization;
using CopilotBot.Serving;

namespace CopilotBot.Pages;

/// <summary>GET /status: what the script of the page shows while a sync runs.</summary>
internal static partial class SyncStatusEndpoint
{
    public static void MapSyncStatus(this WebApplication app) => app.MapGet("/status", (SyncStatus status) =>
        TypedResults.Json(status.Current is { } progress ? new View(true, progress.Source.Value, progress.Expected, progress.Seen, SyncStatus.Describe(progress)) : new View(false), StatusJson.Default.View));

    internal sealed record View(bool Running, string? Source = null, int? Expected = null, int? Seen = null, string? Text = null);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(View))]
    private sealed partial class StatusJson : JsonSerializerContext;
}
