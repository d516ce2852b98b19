using Microsoft.Extensions.DependencyInjection;

namespace CopilotBot.Tests.Channels.Slack;

public sealed class SlackConformanceTests(DemoFolder demo) : ChannelConformance, IClassFixture<DemoFolder>
{
    internal override async Task<IChannelDriver> StartAsync(Action<IServiceCollection>? plant = null) => await SlackDriver.StartAsync(demo, plant);
}
