using CopilotBot.Channels.Teams;
using CopilotBot.Channels.Teams.Connector;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CopilotBot.Tests.Channels.Teams;

public sealed class AllowedTenantsTests
{
    private const string Own = "7d1e5b0a-3c42-4f8e-9b61-2a90c4d8e713";

    private const string Other = "c7c9a0f4-51d0-4a0e-8a55-0f5a1c9b2e10";

    [Theory]
    [InlineData("Own alone", Own, null, "false", Own)]
    [InlineData("a list", Own, Other, "false", Other)]
    [InlineData("a domain", "halvorne.example", null, "false", "")]
    [InlineData("the Playground", Own, null, "true", "")]
    public void Without_a_list_the_tenant_of_the_registration_is_the_one_that_is_allowed(string what, string tenant, string? listed, string anonymous, string expected)
    {
        var settings = new Dictionary<string, string?> { ["Teams:TenantId"] = tenant, ["Teams:AllowedTenants:0"] = listed, ["Teams:Anonymous"] = anonymous };
        using var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings.Where(setting => setting.Value is not null)).Build())
            .AddTeamsConnector()
            .BuildServiceProvider();

        string.Join(' ', services.GetRequiredService<IOptions<TeamsOptions>>().Value.AllowedTenants).ShouldBe(expected, what);
    }
}
