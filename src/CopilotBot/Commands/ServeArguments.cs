namespace CopilotBot.Commands;

/// <param name="DataFolder">As typed, or the default.</param>
/// <param name="Urls">Addresses separated by semicolons, or null for the setting "Urls".</param>
internal sealed record ServeArguments(string DataFolder, string? Urls);
