using System.Text.Json;

namespace CopilotBot.FakeTeams;

/// <summary>One state of a message: as it was posted, or as an edit left it.</summary>
public sealed record ShownVersion(JsonElement Activity, DateTimeOffset At);
