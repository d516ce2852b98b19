using System.Text.Json.Nodes;
using CopilotBot.FakeTeams;
using Microsoft.Extensions.DependencyInjection;

namespace CopilotBot.Tests.Channels.Teams;

/// <summary>The fake of Teams in the words that all platforms share.</summary>
internal sealed class TeamsDriver(TeamsBot bot) : IChannelDriver
{
    private readonly Dictionary<string, TeamsPerson> _people = [];

    /// <summary>A bug for every server that is started in this test.</summary>
    public static AsyncLocal<Action<IServiceCollection>?> Planted { get; } = new();

    public TeamsBot Bot => bot;

    public IServiceProvider Services => bot.Services;

    /// <summary>A placeholder that may have been posted is posted again, whatever the facts advise for messages in general: see docs/decisions/008.</summary>
    public IReadOnlyList<string> BrokenRules => [.. bot.Teams.Violations.Select(violation => $"{violation.Rule} ({violation.Facts}): {violation.Detail}")];

    public static async Task<TeamsDriver> StartAsync(DemoFolder demo, Action<IServiceCollection>? plant = null, IReadOnlyDictionary<string, string?>? settings = null) =>
        new(await TeamsBot.StartAsync(settings, plant + Planted.Value, demo.Path));

    public TeamsPerson Person(string name)
    {
        if (!_people.TryGetValue(name, out var person))
        {
            var user = name == "guest"
                ? bot.Teams.AddUser("Gus Guest", "gus@elsewhere.example", role: "guest")
                : bot.Teams.AddUser(name, $"{name.Replace(' ', '.').ToLowerInvariant()}@halvorne.example");
            _people[name] = person = bot.Client.As(user);
        }

        return person;
    }

    public async Task<Asked> AskPersonallyAsync(string person, string text) => Of(person, await Person(person).SayAsync(text, Cancel));

    public async Task<Asked> AskInChannelAsync(IReadOnlyList<string> others, string person, string text, bool isMention = true)
    {
        var team = bot.Teams.AddTeam("Harbour", [.. others.Append(person).Distinct().Select(name => Person(name).User)]);
        return Of(person, await Person(person).SayAsync(team.General, text, isMention, Cancel));
    }

    public async Task<Asked> ReplyAsync(Asked thread, string person, string text, bool isMention) =>
        Of(person, await Person(person).ReplyAsync(thread.MessageId, text, isMention, Cancel));

    public Task EditAsync(Asked asked, string text) => Person(asked.Person).EditAsync(asked.MessageId, text, Cancel);

    public Task DeleteAsync(Asked asked) => Person(asked.Person).DeleteAsync(asked.MessageId, Cancel);

    public Task RedeliverAsync(Asked asked) => bot.Client.RedeliverAsync((Delivery)asked.Handle, Cancel);

    /// <summary>As Teams does it: the form is fetched, filled in and sent.</summary>
    public async Task RateAsync(Asked asked, string person, bool isUp, string comment)
    {
        var message = Seen(asked.Conversation).Last(shown => shown.Text.Length > 0).Id;
        var reaction = isUp ? "like" : "dislike";
        var form = await Person(person).FetchFeedbackFormAsync(message, reaction, cancellationToken: Cancel);
        form.Status.ShouldBe(200);
        var data = new JsonObject { ["verb"] = "feedback", ["reaction"] = reaction, ["comment"] = comment };
        if (!isUp)
        {
            data["reason"] = "outdated";
        }

        (await Person(person).SubmitFeedbackFormAsync(message, reaction, data, Cancel)).Status.ShouldBe(200);
    }

    public Task AskPrivatelyAsync(Asked asked, string person) =>
        Person(person).PressAsync(Seen(asked.Conversation).Last(message => message.Cards.Count > 0).Id, "askPrivately", cancellationToken: Cancel);

    public async Task<string> PressAsync(Asked asked, string person, string label) => Told(await Person(person).PressAsync(CardOf(asked, label), label, cancellationToken: Cancel));

    public async Task<string> FillInAsync(Asked asked, string person, IReadOnlyDictionary<string, string> values)
    {
        var inputs = new JsonObject(values.Select(value => KeyValuePair.Create(value.Key == "ticket_kind" ? "ticketKind" : $"field:{value.Key}", (JsonNode?)value.Value)));
        return Told(await Person(person).PressAsync(CardOf(asked, "Save"), "Save", inputs, Cancel));
    }

    public string Shown(Asked asked) => string.Join('\n', Seen(asked.Conversation).SelectMany(message => message.Cards.Select(card => card.ToString()).Prepend(message.Text)));

    private string CardOf(Asked asked, string title) =>
        Seen(asked.Conversation).Last(message => message.Cards.Any(card => card.ToString().Contains($"\"title\":\"{title}\"", StringComparison.Ordinal) || card.ToString().Contains($"\"title\": \"{title}\"", StringComparison.Ordinal))).Id;

    private static string Told(Delivery press)
    {
        press.Status.ShouldBe(200, press.Body);
        return press.Json.GetProperty("value").GetString() ?? "";
    }

    public void Throttle(int times) => bot.Teams.Inject(new Fault
    {
        When = call => call.Operation is ConnectorOperation.Send or ConnectorOperation.Update,
        Times = times,
        Kind = new FaultKind.Status(429, TimeSpan.FromSeconds(1)),
    });

    public IReadOnlyList<string> Answers(Asked asked) => Texts(asked.Conversation);

    public IReadOnlyList<string> PersonalAnswers(string person) => Texts(Person(person).Chat.Id);

    public ValueTask DisposeAsync() => bot.DisposeAsync();

    public IEnumerable<ShownMessage> Seen(string conversation) => bot.Teams.Messages(conversation).Where(message => message is { AuthorIsBot: true, IsDeleted: false });

    private List<string> Texts(string conversation) => [.. Seen(conversation).Select(message => message.Text).Where(text => text.Length > 0)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Asked Of(string person, Delivery delivery)
    {
        delivery.IsTaken.ShouldBeTrue(delivery.Attempts[^1].Failure);
        return new Asked(person, delivery.ConversationId, delivery.ActivityId, delivery);
    }
}
