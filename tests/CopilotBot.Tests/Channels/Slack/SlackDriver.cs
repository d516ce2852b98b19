using CopilotBot.Conversations;
using CopilotBot.FakeSlack;
using Microsoft.Extensions.DependencyInjection;

namespace CopilotBot.Tests.Channels.Slack;

/// <summary>The fake of Slack in the words that all platforms share.</summary>
internal sealed class SlackDriver(SlackBot bot) : IChannelDriver
{
    private readonly Dictionary<string, SlackPerson> _people = [];

    /// <summary>A bug for every server that is started in this test.</summary>
    public static AsyncLocal<Action<IServiceCollection>?> Planted { get; } = new();

    public SlackBot Bot => bot;

    public SlackPlatform Slack => bot.Slack;

    public IServiceProvider Services => bot.Services;

    public IReadOnlyList<string> BrokenRules => [.. Slack.Violations.Select(violation => $"{violation.Rule} ({violation.Facts}): {violation.Detail}"), .. Slack.ProcessingThreads.Select(thread => $"{thread} is left processing")];

    /// <summary>The questions asked in Slack; the demo's folder holds one that was asked elsewhere.</summary>
    public IReadOnlyList<TurnRecord> Turns => [.. Services.GetRequiredService<ITurnStore>().GetRecent(10).Where(turn => turn.Conversation.Channel == "slack")];

    public static async Task<SlackDriver> StartAsync(DemoFolder demo, Action<IServiceCollection>? plant = null, IReadOnlyDictionary<string, string?>? settings = null) =>
        new(await SlackBot.StartAsync(settings, plant + Planted.Value, demo.Path));

    public SlackPerson Person(string name)
    {
        if (!_people.TryGetValue(name, out var person))
        {
            var user = name == "guest"
                ? Slack.AddUser(Slack.Workspace, "Gus Guest", "gus@elsewhere.example", guest => guest with { IsRestricted = true })
                : Slack.AddUser(name, $"{name.Replace(' ', '.').ToLowerInvariant()}@halvorne.example");
            _people[name] = person = Slack.As(user);
        }

        return person;
    }

    public async Task<Asked> AskPersonallyAsync(string person, string text) => Of(person, await Person(person).SayAsync(text, Cancel));

    public async Task<Asked> AskInChannelAsync(IReadOnlyList<string> others, string person, string text, bool isMention = true) =>
        Of(person, await Person(person).SayAsync(NewChannel([.. others, person]), text, isMention, Cancel));

    public SlackChannel NewChannel(params IReadOnlyList<string> members) => Slack.AddChannel("harbour", [.. members.Distinct().Select(name => Person(name).User)]);

    public async Task<Asked> ReplyAsync(Asked thread, string person, string text, bool isMention) =>
        Of(person, await Person(person).ReplyAsync(Channel(thread), Sent(thread).Thread, text, isMention, Cancel));

    public async Task EditAsync(Asked asked, string text) => (await Person(asked.Person).EditAsync(Channel(asked), asked.MessageId, text, Cancel)).IsTaken.ShouldBeTrue();

    public async Task DeleteAsync(Asked asked) => (await Person(asked.Person).DeleteAsync(Channel(asked), asked.MessageId, Cancel)).IsTaken.ShouldBeTrue();

    public Task RedeliverAsync(Asked asked) => Slack.RedeliverAsync(Sent(asked), cancellationToken: Cancel);

    /// <summary>As Slack does it: a thumb down opens a form, which is filled in and sent.</summary>
    public async Task RateAsync(Asked asked, string person, bool isUp, string comment)
    {
        (await Person(person).VoteAsync(Seen(asked)[^1], isUp, Cancel)).IsTaken.ShouldBeTrue();
        if (!isUp)
        {
            await Slack.WaitForAsync(slack => slack.OpenViews(Person(person).User.Id).Count > 0, TimeSpan.FromSeconds(10), Cancel);
            var form = Slack.OpenViews(Person(person).User.Id)[^1];
            (await Person(person).SubmitViewAsync(form, new Dictionary<string, string> { ["reason"] = "outdated", ["comment"] = comment }, Cancel)).Status.ShouldBe(200);
        }
    }

    public async Task AskPrivatelyAsync(Asked asked, string person) => (await Person(person).PressAsync(Seen(asked)[^1], "ask_privately", cancellationToken: Cancel)).IsTaken.ShouldBeTrue();

    public async Task<string> PressAsync(Asked asked, string person, string label)
    {
        var message = Seen(asked).Last(shown => shown.Buttons.Any(button => button.Text == label));
        var before = Slack.Ephemerals(Person(person).User.Id).Count;
        (await Person(person).PressAsync(message, message.Buttons.First(button => button.Text == label).ActionId, cancellationToken: Cancel)).IsTaken.ShouldBeTrue();
        return await ToldAsync(person, before);
    }

    public async Task<string> FillInAsync(Asked asked, string person, IReadOnlyDictionary<string, string> values)
    {
        var views = Slack.OpenViews(Person(person).User.Id).Count;
        var told = await PressAsync(asked, person, "Edit");
        await Slack.WaitForAsync(slack => slack.OpenViews(Person(person).User.Id).Count > views, TimeSpan.FromSeconds(10), Cancel);
        var sent = await Person(person).SubmitViewAsync(Slack.OpenViews(Person(person).User.Id)[^1], values, Cancel);
        sent.Status.ShouldBe(200);
        await SettleAsync();
        return sent.Sent[0].Attempts[0].Body.Contains("errors", StringComparison.Ordinal) ? sent.Sent[0].Attempts[0].Body : told;
    }

    public string Shown(Asked asked) => string.Join('\n', Seen(asked).SelectMany(message => message.Buttons.Select(button => $"[{button.Text}]").Prepend(message.Text)));

    /// <summary>What the bot says to one person alone comes a moment after the press.</summary>
    private async Task<string> ToldAsync(string person, int before)
    {
        await SettleAsync();
        return string.Join('\n', Slack.Ephemerals(Person(person).User.Id).Skip(before).Select(message => message.Text));
    }

    private async Task SettleAsync()
    {
        await EngineHost.UntilAsync(() => Services.GetRequiredService<CopilotBot.Channels.Slack.SlackErrands>().IsIdle);
        await ChannelConformance.SettleAsync(this);
        await Slack.SettleAsync();
    }

    public void Throttle(int times) => Slack.Inject(new Fault
    {
        When = call => call.Method is "chat.postMessage" or "chat.update" or "chat.startStream" or "chat.stopStream",
        Times = times,
        Kind = new FaultKind.Status(429, TimeSpan.FromSeconds(1)),
    });

    public IReadOnlyList<string> Answers(Asked asked) => Texts(Seen(asked));

    public IReadOnlyList<string> PersonalAnswers(string person) => Texts(OfBot(Slack.Messages(Person(person).Direct)));

    public ValueTask DisposeAsync() => bot.DisposeAsync();

    /// <summary>What the bot shows in the thread.</summary>
    public IReadOnlyList<ShownMessage> Seen(Asked asked) => OfBot(Slack.Messages(asked.Conversation, Sent(asked).Thread));

    public SlackChannel Channel(Asked asked) => Slack.FindChannel(asked.Conversation).ShouldNotBeNull();

    private static List<ShownMessage> OfBot(IEnumerable<ShownMessage> messages) => [.. messages.Where(message => message is { AuthorIsBot: true, IsDeleted: false })];

    private static List<string> Texts(IEnumerable<ShownMessage> messages) => [.. messages.Select(message => message.BodyText).Where(text => text.Length > 0)];

    private static SlackDelivery Sent(Asked asked) => (SlackDelivery)asked.Handle;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Asked Of(string person, SlackDelivery delivery)
    {
        delivery.IsTaken.ShouldBeTrue(delivery.ToString());
        return new Asked(person, delivery.ChannelId, delivery.Ts, delivery);
    }
}
