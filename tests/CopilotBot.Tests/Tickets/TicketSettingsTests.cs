using CopilotBot.Channels.Tickets;
using CopilotBot.Tests.Support;
using CopilotBot.Tickets;
using CopilotBot.Tickets.Jira;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CopilotBot.Tests.Tickets;

/// <summary>Settings that cannot work are refused with a sentence, and the tracker is the one of the settings.</summary>
public sealed class TicketSettingsTests
{
    private static readonly Dictionary<string, string?> Good = new()
    {
        ["Tickets:Site"] = "https://acme.example",
        ["Tickets:Email"] = "copilot@acme.example",
        ["Tickets:Projects:0"] = "VPN",
        ["Tickets:Token"] = "secret-token",
    };

    [Theory]
    [InlineData("Tickets:Site", "http://acme.example", "Tickets:Site is neither an https address")]
    [InlineData("Tickets:Site", "https://me:password@acme.example", "without a user and a password")]
    [InlineData("Tickets:Site", "acme", "Tickets:Site is neither an https address")]
    [InlineData("Tickets:Email", "", "Tickets:Email has to be the address of the account")]
    [InlineData("Tickets:Projects:0", "vpn project", "Tickets:Projects has to name the keys")]
    [InlineData("Tickets:Token", "", "put it into the environment variable Tickets__Token")]
    [InlineData("Tickets:Label", "two words", "Label")]
    [InlineData("Tickets:ClarifyAfterSeconds", "-1", "ClarifyAfterSeconds")]
    public void What_cannot_work_is_said(string setting, string value, string words)
    {
        using var services = Build(settings => settings.AddInMemoryCollection(new Dictionary<string, string?>(Good) { [setting] = value }));

        var refusal = Should.Throw<OptionsValidationException>(() => services.GetRequiredService<IOptions<TicketOptions>>().Value);

        refusal.Message.ShouldContain(words);
        refusal.Message.ShouldNotContain("secret-token");
        refusal.Message.ShouldNotContain("password@");
    }

    [Fact]
    public void A_token_in_a_settings_file_is_refused_and_not_repeated()
    {
        using var folder = new TemporaryFolder();
        folder.Write("appsettings.json", """{ "Tickets": { "Token": "secret-token" } }""");
        using var services = Build(settings => settings.AddInMemoryCollection(Good).SetBasePath(folder.Path).AddJsonFile("appsettings.json"));

        var refusal = Should.Throw<OptionsValidationException>(() => services.GetRequiredService<IOptions<TicketOptions>>().Value);

        refusal.Message.ShouldContain("Tickets:Token stands in a settings file: remove it there");
        refusal.Message.ShouldNotContain("secret-token");
    }

    [Fact]
    public void The_tracker_is_Jira_where_there_is_a_site_and_none_otherwise()
    {
        using var jira = Build(settings => settings.AddInMemoryCollection(Good));
        using var dry = Build(settings => settings.AddInMemoryCollection(new Dictionary<string, string?>(Good) { ["Tickets:DryRun"] = "true" }));
        using var none = Build(_ => { });

        jira.GetRequiredService<ITicketTracker>().ShouldBeOfType<JiraTracker>();
        dry.GetRequiredService<ITicketTracker>().ShouldBeOfType<DryRunTracker>();
        none.GetRequiredService<ITicketTracker>().ShouldBeOfType<DryRunTracker>();
    }

    [Fact]
    public async Task Without_a_tracker_the_schema_is_the_one_that_is_registered()
    {
        var schema = new TicketSchema([]);
        using var none = Build(_ => { });
        using var given = Build(_ => { }, services => services.AddSingleton<Func<CancellationToken, Task<TicketSchema>>>(_ => Task.FromResult(schema)));

        (await given.GetRequiredService<ITicketTracker>().GetSchemaAsync(TestContext.Current.CancellationToken)).ShouldBeSameAs(schema);
        (await Should.ThrowAsync<TrackerException>(() => none.GetRequiredService<ITicketTracker>().GetSchemaAsync(TestContext.Current.CancellationToken))).Message.ShouldStartWith("No tracker is set up: set Tickets:Site");
    }

    private static ServiceProvider Build(Action<IConfigurationBuilder> configure, Action<IServiceCollection>? add = null)
    {
        var settings = new ConfigurationBuilder();
        configure(settings);
        var services = new ServiceCollection().AddSingleton<IConfiguration>(settings.Build()).AddSingleton(TimeProvider.System).AddLogging().AddTickets();
        add?.Invoke(services);
        return services.BuildServiceProvider();
    }
}
