using System.Text.Json;

namespace CopilotBot.Tests.Architecture;

public sealed class SettingsTests
{
    private static readonly string[] SecretWords = ["secret", "password", "apikey", "token", "connectionstring", "clientsecret", "privatekey"];

    [Fact]
    public void The_root_settings_hold_no_key_that_looks_like_a_secret()
    {
        using var settings = JsonDocument.Parse(File.ReadAllText(Path.Combine(Support.RepositoryPaths.Root, "appsettings.json")));

        var keys = Keys(settings.RootElement).ToList();

        keys.ShouldNotBeEmpty();
        keys.ShouldAllBe(key => !SecretWords.Any(word => key.Replace("_", "").Contains(word, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public void The_root_settings_lie_beside_the_executable() =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "appsettings.json"))
            .ShouldBe(File.ReadAllText(Path.Combine(Support.RepositoryPaths.Root, "appsettings.json")));

    private static IEnumerable<string> Keys(JsonElement element) => element.ValueKind == JsonValueKind.Object
        ? element.EnumerateObject().SelectMany(property => Keys(property.Value).Prepend(property.Name))
        : [];
}
