using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Commands;

public sealed class NoNetworkTests
{
    /// <summary>127.x.x.x as the runtime prints an IPv4 socket address: port (2 bytes), then the address.</summary>
    private const string Loopback = ",127,";

    [Fact]
    public async Task Indexing_the_demo_serving_it_and_asking_opens_no_connection_off_loopback_and_looks_no_name_up()
    {
        using var recorder = new ConnectionRecorder();
        using var folder = new TemporaryFolder();
        (await CommandRun.InProcessAsync(folder.Path, "ask", "what does SKY-4021 mean", "--as", "acc-19c0de", "--data", "data")).Out.ShouldContain("certificate");
        await using (var server = await RunningServer.StartAsync(folder["data"]))
        {
            (await PageForm.AskAsync(server.Http, "what does SKY-4021 mean", "demo:acc-19c0de")).ShouldContain("certificate");
        }

        recorder.LookUps.ShouldBeEmpty();
        recorder.Connections.ShouldNotBeEmpty("the page was asked over a connection, so one must have been seen");
        recorder.Connections.Where(address => !address.StartsWith("Unix", StringComparison.Ordinal)).ShouldAllBe(address => address.Contains(Loopback));
    }
}
