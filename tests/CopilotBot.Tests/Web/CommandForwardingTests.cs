using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Web;

public sealed class CommandForwardingTests(ServedHandbook served) : IClassFixture<ServedHandbook>
{
    [Fact]
    public async Task A_question_is_answered_by_the_server_that_holds_the_folder()
    {
        var run = await served.Handbook.RunAsync("ask", "What does VPN-4021 mean?", "--json");

        run.Exit.ShouldBe(0);
        using var json = JsonDocument.Parse(run.Out);
        json.RootElement.GetProperty("outcome").GetString().ShouldBe("Grounded");
    }

    [Fact]
    public async Task A_source_is_added_from_the_callers_folder_with_the_callers_progress()
    {
        served.Handbook.Write("elsewhere/more/coffee.md", "# Coffee machine\n\nDescale the machine every 30 days.\n");

        var run = await CommandRun.InProcessAsync(
            Path.Combine(served.Handbook.Path, "elsewhere"), "source", "add", "files", "--path", "more", "--name", "coffee", "--data", "../data");

        run.Error.ShouldContain("Indexing coffee: ");
        run.Out.ShouldStartWith("coffee: 1 added");
        run.Exit.ShouldBe(0);
        (await served.Handbook.RunAsync("ask", "How often do I descale the machine?")).Out.ShouldContain("30 days");
    }

    [Fact]
    public async Task Errors_and_exit_codes_come_through()
    {
        (await served.Handbook.RunAsync("ask", "")).ShouldBe(new CommandRun(1, "", "The question is empty; type what you want to know.\n"));
        (await served.Handbook.RunAsync("sync", "--source", "nowhere")).Exit.ShouldBe(1);
    }

    [Fact]
    public async Task A_second_serve_exits_with_3_and_one_sentence()
    {
        var run = await served.Handbook.RunAsync("serve", "--port", "0");

        run.Exit.ShouldBe(3);
        run.Sentence.ShouldBe($"Another CopilotBot holds the data folder {served.Handbook.Data}; use that one, stop it, or choose another folder with --data.");
    }

    [Fact]
    public void The_socket_is_the_owners_alone()
    {
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Path.Combine(served.Handbook.Data, "server.sock")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task The_web_address_runs_no_commands_and_the_socket_serves_no_pages()
    {
        using var command = new StringContent("{\"args\":[\"ask\",\"x\"],\"cwd\":\"/\"}", System.Text.Encoding.UTF8, "application/json");
        using var overTcp = await served.Http.PostAsync(new Uri("/cli", UriKind.Relative), command, TestContext.Current.CancellationToken);
        overTcp.StatusCode.ShouldBe(HttpStatusCode.NotFound);

        using var overSocket = SocketClient(Path.Combine(served.Handbook.Data, "server.sock"));
        foreach (var path in new[] { "/", "/status", "/documents/x", "/copilot.css" })
        {
            using var response = await overSocket.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }
    }

    private static HttpClient SocketClient(string path) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        BaseAddress = new Uri("http://localhost"),
    };
}
