using Microsoft.Extensions.DependencyInjection;

namespace CopilotBot.Tests.Channels.Teams;

public sealed class TeamsConformanceTests(DemoFolder demo) : ChannelConformance, IClassFixture<DemoFolder>
{
    internal override async Task<IChannelDriver> StartAsync(Action<IServiceCollection>? plant = null) => await TeamsDriver.StartAsync(demo, plant);
}
