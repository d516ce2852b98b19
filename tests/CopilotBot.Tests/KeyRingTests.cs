using CopilotBot.Storage;
using CopilotBot.Tests.Support;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CopilotBot.Tests;

public sealed class KeyRingTests
{
    [Theory]
    [InlineData(null, "data/keys")]
    [InlineData("elsewhere", "elsewhere")]
    public void The_keys_lie_where_the_settings_say_and_outlive_a_restart(string? setting, string expected)
    {
        using var folder = new TemporaryFolder();
        var data = DataFolder.Open(folder.In("data"));
        string Run(Func<IDataProtector, string> use)
        {
            var settings = new Dictionary<string, string?> { ["Security:KeyRing"] = setting is null ? "" : folder.In(setting) };
            using var services = new ServiceCollection()
                .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
                .AddLogging()
                .AddKeyRing(data)
                .BuildServiceProvider();
            return use(services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test"));
        }

        var written = Run(protector => protector.Protect("a token"));

        Run(protector => protector.Unprotect(written)).ShouldBe("a token");
        Directory.GetFiles(folder.In(expected), "key-*.xml").ShouldHaveSingleItem();
    }
}
