namespace CopilotBot.Tests.Support;

/// <summary>One server over the <see cref="Handbook"/> for all tests of a class.</summary>
public sealed class ServedHandbook : IAsyncLifetime
{
    internal Handbook Handbook { get; } = new();

    internal RunningServer Server { get; private set; } = null!; // set before the first test

    internal HttpClient Http => Server.Http;

    public async ValueTask InitializeAsync()
    {
        (await Handbook.AddAsync()).Exit.ShouldBe(0);
        Server = await RunningServer.StartAsync(Handbook.Data);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Handbook.Dispose();
    }

    internal async Task<string> GetAsync(string path) => await Http.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
}
