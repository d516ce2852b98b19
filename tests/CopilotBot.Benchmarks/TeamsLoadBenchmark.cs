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
    public static async Task RunAsync(TimeSpan duration)
    {
        await using var teams = await FakeConnector.StartAsync();
        await using var server = await BuiltServer.StartAsync(new Dictionary<string, string>
        {
            ["Teams__Anonymous"] = "true",
            ["Teams__AllowedTenants__0"] = teams.TenantId,
            ["Teams__EmailDomains__0"] = "halvorne.example",
        });
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 64 });
        var client = new TeamsClient(teams, http, new Uri(server.Address, "api/messages"));
        var people = Enumerable.Range(0, ChannelLoad.Conversations).Select(number => client.As(teams.AddUser($"Person {number}", ChannelLoad.Email))).ToList();
        await WaitUntilServedAsync(people[0]);
        var expected = await LearnAsync(teams, client);
        var idle = await TimeAsync(200, number => ShapeAsync(people[number % people.Count], "typing"));
        await MeasureAsync(teams, people, expected, idle, duration);
        server.WriteHighestMemory();
    }

    private static async Task MeasureAsync(FakeConnector teams, List<TeamsPerson> people, IReadOnlyList<string> expected, LoadTimes idle, TimeSpan duration)
    {
        var places = people.Select((person, number) => number % 2 == 0 ? person.Chat : teams.AddGroupChat(person.User)).ToList();
        var clock = Stopwatch.StartNew();
        var taken = await ChannelLoad.RunAsync(duration, (conversation, question) => PostAsync(people[conversation], places[conversation], question));
        var posted = clock.Elapsed.TotalSeconds;
        await teams.WaitForAsync(seen => places.All(place => Answers(seen, place).Count >= expected.Count), TimeSpan.FromMinutes(3));
        var answered = clock.Elapsed.TotalSeconds;
        await teams.WaitForAsync(seen => places.All(place => seen.Messages(place).Count(message => message.Cards.Count > 0) >= expected.Count - 1), TimeSpan.FromMinutes(1));

        var inOrder = places.Count(place => Answers(teams, place).SequenceEqual(expected));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{taken.Count} questions in {posted:0.0} s from {places.Count} conversations; the last answer stood there after {answered:0.0} s"));
        LoadTimes.Write("idle, nothing to do (typing)", idle, "questions under load", LoadTimes.Of(taken));
        Console.WriteLine($"conversations with exactly their {expected.Count} answers, in order: {inOrder} of {places.Count}");
        Console.WriteLine($"rules of Teams broken: {teams.Violations.Count}{string.Concat(teams.Violations.Take(3).Select(violation => $"; {violation.Rule}: {violation.Detail}"))}");
        Console.WriteLine($"calls to the connector: {teams.Calls.Count}, throttled: {teams.Calls.Count(call => call.Status == 429)}");
    }

    /// <summary>What each question is answered with when it is asked alone.</summary>
    private static async Task<IReadOnlyList<string>> LearnAsync(FakeConnector teams, TeamsClient client)
    {
        var learner = client.As(teams.AddUser("Learner", ChannelLoad.Email));
        var chat = teams.AddGroupChat(learner.User);
        foreach (var (asked, question) in ChannelLoad.Questions.Index())
        {
            await learner.SayAsync(chat, question);
            await teams.WaitForAsync(seen => Answers(seen, chat).Count > asked, TimeSpan.FromSeconds(60));
        }

        return Answers(teams, chat);
    }

    private static async Task<IReadOnlyList<double>> PostAsync(TeamsPerson person, TeamsConversation place, string question)
    {
        var clock = Stopwatch.StartNew();
        var delivery = await person.SayAsync(place, question, isMention: place.Kind != ConversationKind.Personal);
        return [delivery.IsTaken ? clock.Elapsed.TotalMilliseconds : double.PositiveInfinity];
    }

    private static async Task<LoadTimes> TimeAsync(int times, Func<int, Task> act)
    {
        var taken = new List<double>();
        for (var number = 0; number < times; number++)
        {
            var clock = Stopwatch.StartNew();
            await act(number);
            taken.Add(clock.Elapsed.TotalMilliseconds);
        }

        return LoadTimes.Of(taken);
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
        .. teams.Messages(place).Where(message => message is { AuthorIsBot: true, IsDeleted: false, IsStreaming: false } && !ChannelLoad.IsNotice(message.Text)).Select(message => ChannelLoad.ForOne(message.Text)),
    ];
}
