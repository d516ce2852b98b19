using System.Diagnostics;
using System.Globalization;
using CopilotBot.FakeSlack;
using Microsoft.AspNetCore.WebUtilities;

namespace CopilotBot.Benchmarks;

/// <summary>
/// The built executable behind the fake of Slack, which keeps the platform's tiers: 500 questions in 10 s from 50 threads, half of them in chats, half in channels. The tiers
/// belong to a workspace, so the app is installed by OAuth in 25. How fast deliveries are taken, as the fake measures it, against deliveries that nothing is done with; and
/// whether each thread gets its answers once and in order. The fake's own load is kept low: it tells the bot neither of the bot's messages nor of the counters of threads.
/// </summary>
internal static class SlackLoadBenchmark
{
    private const int Workspaces = ChannelLoad.Conversations / 2;

    private const int IdleDeliveries = 200;

    public static async Task RunAsync(TimeSpan duration)
    {
        await using var slack = await SlackPlatform.StartAsync();
        (slack.EchoesBotActs, slack.SendsThreadCounters) = (false, false);
        var workspaces = Enumerable.Range(0, Workspaces + 1).Select(number => slack.AddWorkspace($"Company {number}", isInstalled: false)).ToList();
        await using var server = await BuiltServer.StartAsync(SettingsFor(slack, workspaces));
        slack.DeliverTo(server.Address);
        while (!(await slack.VerifyUrlAsync("-")).IsTaken)
        {
            await Task.Delay(100); // the server is starting
        }

        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        foreach (var workspace in workspaces)
        {
            await InstallAsync(slack, workspace, browser, server.Address);
        }

        // Of its own workspace, whose tiers nobody else needs.
        var expected = await LearnAsync(slack, slack.As(slack.AddUser(workspaces[^1], "Learner", ChannelLoad.Email)));
        var people = Enumerable.Range(0, ChannelLoad.Conversations).Select(number => slack.As(slack.AddUser(workspaces[number % Workspaces], $"Person {number}", ChannelLoad.Email))).ToList();
        var channels = people.Select((person, number) => slack.AddChannel(workspaces[number % Workspaces], $"channel-{number}", [person.User])).ToList();
        var idle = await TimeIdleAsync(people, channels);
        await MeasureAsync(slack, people, [.. people.Select((person, number) => number < Workspaces ? person.Direct : channels[number])], expected, idle, duration);
        server.WriteHighestMemory();
    }

    private static Dictionary<string, string> SettingsFor(SlackPlatform slack, IReadOnlyList<SlackWorkspace> workspaces)
    {
        var settings = workspaces.Index().ToDictionary(workspace => $"Slack__AllowedTeams__{workspace.Index}", workspace => workspace.Item.TeamId);
        settings["Slack__EmailDomains__0"] = "halvorne.example";
        settings["Slack__ApiUrl"] = slack.ApiUrl;
        settings["Slack__ClientId"] = slack.ClientId;
        settings["Slack__PublicUrl"] = "https://copilot.halvorne.example";
        settings["COPILOTBOT_SLACK_SIGNING_SECRET"] = slack.SigningSecret;
        settings["COPILOTBOT_SLACK_CLIENT_SECRET"] = slack.ClientSecret;
        return settings;
    }

    /// <summary>As an admin's browser does it.</summary>
    private static async Task InstallAsync(SlackPlatform slack, SlackWorkspace workspace, HttpClient browser, Uri bot)
    {
        var admin = slack.AddUser(workspace, "Admin");
        using var begun = await browser.GetAsync(new Uri(bot, "slack/install"));
        var asked = QueryHelpers.ParseQuery(begun.Headers.Location?.Query);
        var approved = slack.Approve(asked["state"].ToString(), asked["redirect_uri"].ToString(), admin, workspace);
        using var back = new HttpRequestMessage(HttpMethod.Get, new Uri(bot, approved.PathAndQuery));
        back.Headers.Add("Cookie", begun.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        using var installed = await browser.SendAsync(back);
        installed.EnsureSuccessStatusCode();
    }

    private static async Task MeasureAsync(SlackPlatform slack, List<SlackPerson> people, IReadOnlyList<SlackChannel> places, IReadOnlyList<string> expected, LoadTimes idle, TimeSpan duration)
    {
        var before = slack.Calls.Count;
        var clock = Stopwatch.StartNew();
        var taken = await ChannelLoad.RunAsync(duration, (conversation, question) => AskAsync(slack, people[conversation], places[conversation], question));
        var asked = clock.Elapsed.TotalSeconds;
        while (!places.All(place => Answers(slack, place).Count >= expected.Count) && clock.Elapsed < TimeSpan.FromMinutes(3))
        {
            await Task.Delay(100); // looking costs the fake time, so not at every change
        }

        var answered = clock.Elapsed.TotalSeconds;
        await Task.Delay(TimeSpan.FromSeconds(5)); // for what should not come any more
        var answers = places.Select(place => Answers(slack, place)).ToList();
        var calls = slack.Calls.Skip(before).ToList();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{places.Count * expected.Count} questions ({taken.Count} deliveries) in {asked:0.0} s from {places.Count} threads in {Workspaces} workspaces; the last answer stood there after {answered:0.0} s"));
        LoadTimes.Write("idle, nothing to do (a message for somebody else)", idle, "questions under load", LoadTimes.Of(taken));
        Console.WriteLine($"deliveries that were not acknowledged within 3 s: {taken.Count(double.IsPositiveInfinity)}");
        Console.WriteLine($"answers: {answers.Sum(thread => thread.Count)}; threads with one for each question: {answers.Count(thread => thread.Count == expected.Count)}, with exactly their answers in order: {answers.Count(thread => thread.SequenceEqual(expected))} of {places.Count}");
        Console.WriteLine($"rules of Slack broken: {slack.Violations.Count}{string.Concat(slack.Violations.Take(3).Select(violation => $"; {violation.Rule}: {violation.Detail}"))}; threads left processing: {slack.ProcessingThreads.Count}");
        Console.WriteLine($"calls of the Web API: {calls.Count}, throttled: {calls.Count(call => call.Status == 429)}; answers begun as a stream: {Count("chat.startStream")}, as a message: {Count("chat.postMessage")}");

        int Count(string method) => calls.Count(call => call.Method == method && call.Error is null);
    }

    /// <summary>What each question is answered with when it is asked alone.</summary>
    private static async Task<IReadOnlyList<string>> LearnAsync(SlackPlatform slack, SlackPerson learner)
    {
        foreach (var (asked, question) in ChannelLoad.Questions.Index())
        {
            await AskAsync(slack, learner, learner.Direct, question);
            await slack.WaitForAsync(seen => Answers(seen, learner.Direct).Count > asked, TimeSpan.FromSeconds(60));
        }

        return Answers(slack, learner.Direct);
    }

    /// <summary>In the channels of those who ask in their chats.</summary>
    private static async Task<LoadTimes> TimeIdleAsync(List<SlackPerson> people, List<SlackChannel> channels)
    {
        var taken = new List<double>();
        for (var number = 0; number < IdleDeliveries; number++)
        {
            var place = number % Workspaces;
            taken.AddRange(Times(await people[place].SayAsync(channels[place], "the harbour is calm today", mention: false)));
        }

        return LoadTimes.Of(taken);
    }

    /// <summary>The first question of a conversation begins its thread, the others are replies in it.</summary>
    private static async Task<IReadOnlyList<double>> AskAsync(SlackPlatform slack, SlackPerson person, SlackChannel place, string question) =>
        Times(await (slack.Messages(place) is [var first, ..] ? person.ReplyAsync(place, first.Ts, question) : person.SayAsync(place, question)));

    /// <summary>Of every payload: a mention in a channel comes as two.</summary>
    private static IReadOnlyList<double> Times(SlackDelivery delivery) =>
        [.. delivery.Sent.Select(payload => payload.Attempts[0]).Select(attempt => attempt.IsTaken ? attempt.Elapsed.TotalMilliseconds : double.PositiveInfinity)];

    /// <summary>Texts of the bot that are no placeholder, in the order of posting.</summary>
    private static List<string> Answers(SlackPlatform slack, SlackChannel place) =>
    [
        .. slack.Messages(place).Where(message => message is { AuthorIsBot: true, IsDeleted: false, IsStreaming: false } && !ChannelLoad.IsNotice(message.BodyText)).Select(message => ChannelLoad.ForOne(message.BodyText)),
    ];
}
