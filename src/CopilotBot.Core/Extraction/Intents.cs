using System.Text.Json;

namespace CopilotBot.Extraction;

/// <summary>Names of intents, as taggers and stored turns have them.</summary>
public static class Intents
{
    private static readonly Dictionary<string, Intent> ByName = Enum.GetValues<Intent>().ToDictionary(NameOf, StringComparer.Ordinal);

    /// <summary>Such as "create_ticket".</summary>
    public static string NameOf(Intent intent) => JsonNamingPolicy.SnakeCaseLower.ConvertName(intent.ToString());

    /// <summary>Null for what is none.</summary>
    public static Intent? Find(string? name) => name is not null && ByName.TryGetValue(name, out var intent) ? intent : null;
}
