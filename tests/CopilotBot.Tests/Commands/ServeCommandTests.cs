using System.Net;
using System.Net.Sockets;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Commands;

/// <summary>The executable as a process of its own.</summary>
public sealed class ServeCommandTests
{
    private const string Ready = "press Ctrl+C to stop";

    [Fact]
    public async Task It_serves_until_it_is_told_to_end_and_leaves_no_socket_behind()
    {
        using var handbook = new Handbook();
        await handbook.AddAsync();
        using var server = CopilotProcess.Start(Ready, "--data", handbook.Data, "--port", "0");
        await server.Ready.WaitAsync(TestContext.Current.CancellationToken);

        (await handbook.RunAsync("index", "stats")).Out.ShouldStartWith("2 documents");

        (await server.TerminateAsync()).ShouldBe(0);
        File.Exists(Path.Combine(handbook.Data, "server.sock")).ShouldBeFalse();
    }

    [Fact]
    public async Task What_a_killed_server_left_behind_is_in_nobodys_way()
    {
        using var handbook = new Handbook();
        await handbook.AddAsync();
        using (var server = CopilotProcess.Start(Ready, "--data", handbook.Data, "--port", "0"))
        {
            await server.Ready.WaitAsync(TestContext.Current.CancellationToken);
            server.Kill();
            await server.WaitAsync();
        }

        File.Exists(Path.Combine(handbook.Data, "server.sock")).ShouldBeTrue();
        (await handbook.RunAsync("index", "stats")).Out.ShouldStartWith("2 documents");
        await using var next = await RunningServer.StartAsync(handbook.Data);
        (await handbook.RunAsync("index", "stats")).Out.ShouldStartWith("2 documents");
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told_in_one_sentence()
    {
        using var handbook = new Handbook();
        await handbook.AddAsync();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();

        var run = await handbook.RunAsync("serve", "--port", $"{((IPEndPoint)other.LocalEndpoint).Port}");

        run.Exit.ShouldBe(1);
        run.Sentence.ShouldEndWith("already; stop it or choose another port with --port.");
    }

    [Fact]
    public async Task An_address_that_others_can_reach_is_refused_in_one_sentence()
    {
        using var handbook = new Handbook();

        var run = await handbook.RunAsync("serve", "--urls", "http://0.0.0.0:5080");

        run.Exit.ShouldBe(1);
        run.Sentence.ShouldStartWith("'http://0.0.0.0:5080' can be reached from other machines, ");
    }

    [Fact]
    public async Task A_folder_that_is_held_by_something_that_runs_no_commands_exits_with_3()
    {
        using var handbook = new Handbook();
        await handbook.AddAsync();
        using var held = new FileStream(Path.Combine(handbook.Data, "server.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

        var run = await handbook.RunAsync("index", "stats");

        run.Exit.ShouldBe(3);
        run.Sentence.ShouldStartWith("Another CopilotBot command holds the data folder ");
    }
}
