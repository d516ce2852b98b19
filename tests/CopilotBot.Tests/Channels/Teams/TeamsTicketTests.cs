namespace CopilotBot.Tests.Channels.Teams;

public sealed class TeamsTicketTests(DemoFolder demo) : TicketConformance, IClassFixture<DemoFolder>
{
    internal override async Task<IChannelDriver> StartAsync(IReadOnlyDictionary<string, string?> settings) => await TeamsDriver.StartAsync(demo, settings: settings);
}
