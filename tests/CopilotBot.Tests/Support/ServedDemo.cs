using System.Net;
using System.Text.RegularExpressions;

namespace CopilotBot.Tests.Support;

/// <summary>The executable as it comes, over the demo, in a process of its own.</summary>
public sealed partial class ServedDemo : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    internal HttpClient Http { get; private set; } = new();

    internal CopilotProcess Server { get; private set; } = null!; // set before the first test

    public async ValueTask InitializeAsync()
    {
        Server = CopilotProcess.Start("press Ctrl+C to stop", "--data", _folder["data"], "--port", "0");
        await Server.Ready.WaitAsync(TestContext.Current.CancellationToken);
        Http = new HttpClient { BaseAddress = new Uri(Address().Match(Server.Error).Value) };
        // A question on the command line waits for the first indexing.
        (await CommandRun.InProcessAsync(_folder.Path, "ask", "anything", "--data", "data")).Exit.ShouldBe(0);
    }

    public ValueTask DisposeAsync()
    {
        Http.Dispose();
        Server.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    internal async Task<string> GetAsync(string path) => await Http.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

    internal async Task<HttpStatusCode> StatusAsync(string path)
    {
        using var response = await Http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    /// <param name="person">Id of the chosen person; empty for local staff.</param>
    internal Task<string> AskAsync(string question, string person) => PageForm.AskAsync(Http, question, person);

    /// <summary>The same in a browser that was never here before.</summary>
    internal async Task<string> AskFirstAsync(string question, string person)
    {
        using var browser = new HttpClient { BaseAddress = Http.BaseAddress };
        return await PageForm.AskAsync(browser, question, person);
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:[0-9]+")]
    private static partial Regex Address();
}
