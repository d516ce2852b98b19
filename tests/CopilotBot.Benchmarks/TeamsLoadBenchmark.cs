using System.Diagnostics;
using System.Globalization;
using CopilotBot.FakeTeams;

namespace CopilotBot.Benchmarks;

/// <summary>
/// The built executable behind the fake of Teams, which keeps the platform's limits: 500 questions in 10 s from 50 conversations, half of them personal chats with
/// streamed answers, half channel threads. How fast deliveries are taken, against deliveries that nothing is done with; and whether each conversation gets its replies in order.
/// </summary>
internal static class TeamsLoadBenchmark
{
    private const int Conversations = 50;

    private const int Rounds = 10;

    /// <summary>Everybody has the eyes of one person of the demo, so that questions have answers.</summary>
    private const string Alba = "alba.quintero@halvorne.example";

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(10);

    private static readonly string[] Questions =
    [
        "my laptop is dead", "what does VPN-4021 mean", "How long may I keep a loan laptop?", "What is the best colour for a boat?", "Who approves a new phone?",
        "How do I order toner?", "What costs a cracked screen?", "Where is the service desk?", "How do I report a defect?", "When is the replacement delivered?",
    ];

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("copilotbot-benchmark-").FullName;
        await using var teams = await FakeConnector.StartAsync();
        try
        {
            using (var indexing = Start(folder, teams, "sync"))
            {
                await indexing.WaitForExitAsync();
            }

            var port = FreePort();
            using var server = Start(folder, teams, "serve", "--port", port.ToString(CultureInfo.InvariantCulture));
            using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 64 });
            try
            {
                var client = new TeamsClient(teams, http, new Uri($"http://127.0.0.1:{port}/api/messages"));
                var people = Enumerable.Range(0, Conversations).Select(number => client.As(teams.AddUser($"Person {number}", Alba))).ToList();
                await WaitUntilServedAsync(people[0]);
                var expected = await LearnAsync(teams, client);
                var idle = await TimeAsync(200, number => ShapeAsync(people[number % Conversations], "typing"));
                await MeasureAsync(teams, people, expected, idle, server.Id);
            }
            finally
            {
                server.Kill();
                await server.WaitForExitAsync();
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task MeasureAsync(FakeConnector teams, List<TeamsPerson> people, IReadOnlyDictionary<string, string> expected, Times idle, int server)
    {
        var places = people.Select((person, number) => number % 2 == 0 ? person.Chat : teams.AddGroupChat(person.User)).ToList();
        var taken = new List<double>();
        var running = new List<Task>();
        var clock = Stopwatch.StartNew();
        for (var message = 0; message < Conversations * Rounds; message++)
        {
            var due = Duration * message / (Conversations * Rounds);
            if (due > clock.Elapsed)
            {
                await Task.Delay(due - clock.Elapsed); // the load is spread evenly
            }

            var (person, place, question) = (people[message % Conversations], places[message % Conversations], Questions[message / Conversations % Questions.Length]);
            running.Add(PostAsync(person, place, question, taken));
        }

        await Task.WhenAll(running);
        var posted = clock.Elapsed.TotalSeconds;
        await teams.WaitForAsync(seen => places.All(place => Answers(seen, place).Count >= Rounds), TimeSpan.FromMinutes(3));
        var answered = clock.Elapsed.TotalSeconds;
        await teams.WaitForAsync(seen => places.All(place => seen.Messages(place).Count(message => message.Cards.Count > 0) >= Rounds - 1), TimeSpan.FromMinutes(1));

        var inOrder = places.Count(place => Answers(teams, place).SequenceEqual(Questions.Take(Rounds).Select(question => expected[question])));
        var load = Times.Of(taken);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{taken.Count} questions in {posted:0.0} s from {Conversations} conversations; the last answer stood there after {answered:0.0} s"));
        Console.WriteLine("| deliveries | p50 ms | p95 ms | p99 ms | highest | p99 against idle |");
        Console.WriteLine("|---|---|---|---|---|---|");
        Console.WriteLine(Row("idle, nothing to do (typing)", idle, idle));
        Console.WriteLine(Row("questions under load", load, idle));
        Console.WriteLine($"conversations with exactly their {Rounds} answers, in order: {inOrder} of {Conversations}");
        Console.WriteLine($"rules of Teams broken: {teams.Violations.Count}{string.Concat(teams.Violations.Take(3).Select(violation => $"; {violation.Rule}: {violation.Detail}"))}");
        Console.WriteLine($"calls to the connector: {teams.Calls.Count}, throttled: {teams.Calls.Count(call => call.Status == 429)}");
        var memory = File.ReadLines($"/proc/{server}/status").First(line => line.StartsWith("VmHWM", StringComparison.Ordinal)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        Console.WriteLine($"highest resident memory of the server: {long.Parse(memory[1], CultureInfo.InvariantCulture) / 1024} MiB");
    }

    /// <summary>What each question is answered with when it is asked alone.</summary>
    private static async Task<IReadOnlyDictionary<string, string>> LearnAsync(FakeConnector teams, TeamsClient client)
    {
        var learner = client.As(teams.AddUser("Learner", Alba));
        var chat = teams.AddGroupChat(learner.User);
        var expected = new Dictionary<string, string>();
        foreach (var question in Questions)
        {
            await learner.SayAsync(chat, question);
            await teams.WaitForAsync(seen => Answers(seen, chat).Count > expected.Count, TimeSpan.FromSeconds(60));
            expected[question] = Answers(teams, chat)[^1];
        }

        return expected;
    }

    private static async Task PostAsync(TeamsPerson person, TeamsConversation place, string question, List<double> taken)
    {
        var clock = Stopwatch.StartNew();
        var delivery = await person.SayAsync(place, question, isMention: place.Kind != ConversationKind.Personal);
        lock (taken)
        {
            taken.Add(delivery.IsTaken ? clock.Elapsed.TotalMilliseconds : double.PositiveInfinity);
        }
    }

    private static async Task<Times> TimeAsync(int times, Func<int, Task> act)
    {
        var taken = new List<double>();
        for (var number = 0; number < times; number++)
        {
            var clock = Stopwatch.StartNew();
            await act(number);
            taken.Add(clock.Elapsed.TotalMilliseconds);
        }

        return Times.Of(taken);
    }

    private static async Task<bool> ShapeAsync(TeamsPerson person, string type)
    {
        person.Shape = activity => activity["type"] = type;
        var delivery = await person.SayAsync("-");
        person.Shape = null;
        return delivery.IsTaken;
    }

    private static async Task WaitUntilServedAsync(TeamsPerson person)
    {
        while (!await ShapeAsync(person, "typing"))
        {
            await Task.Delay(100); // the server is starting
        }
    }

    /// <summary>Texts of the bot that are no placeholder, in the order of posting.</summary>
    private static List<string> Answers(FakeConnector teams, TeamsConversation place) =>
    [
        .. teams.Messages(place).Where(message => message is { AuthorIsBot: true, IsDeleted: false, IsStreaming: false, Text.Length: > 1 }).Select(message => message.Text.Replace("everybody here may", "you may", StringComparison.Ordinal))
            .Where(text => !text.StartsWith("Looking that up", StringComparison.Ordinal) && !text.StartsWith("I am busy", StringComparison.Ordinal)),
    ];

    private static string Row(string name, Times times, Times idle) =>
        string.Create(CultureInfo.InvariantCulture, $"| {name} | {times.P50:0.0} | {times.P95:0.0} | {times.P99:0.0} | {times.Max:0.0} | {times.P99 / idle.P99:0.0} |");

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static Process Start(string folder, FakeConnector teams, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "CopilotBot.dll"), .. args, "--data", folder]);
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        start.Environment["Teams__Anonymous"] = "true";
        start.Environment["Teams__AllowedTenants__0"] = teams.TenantId;
        start.Environment["Teams__EmailDomains__0"] = "halvorne.example";
        return Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
    }

    /// <summary>Milliseconds, nearest-rank percentiles.</summary>
    private sealed record Times(double P50, double P95, double P99, double Max)
    {
        public static Times Of(IReadOnlyCollection<double> milliseconds)
        {
            double[] sorted = [.. milliseconds.Order()];
            return new Times(At(.5), At(.95), At(.99), sorted[^1]);

            double At(double share) => sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
        }
    }
}
