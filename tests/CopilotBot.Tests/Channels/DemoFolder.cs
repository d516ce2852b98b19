using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Channels;

/// <summary>A data folder with the demo indexed, to be copied by whoever starts a server.</summary>
public sealed class DemoFolder : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    public string Path => _folder["data"];

    public async ValueTask InitializeAsync() => (await CommandRun.InProcessAsync(_folder.Path, "ask", "anything", "--data", "data")).Exit.ShouldBe(0);

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
