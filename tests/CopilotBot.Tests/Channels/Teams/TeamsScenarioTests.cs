using System.Text.Json.Nodes;
using CopilotBot.Conversations;
using CopilotBot.FakeTeams;
using CopilotBot.Feedback;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace CopilotBot.Tests.Channels.Teams;

/// <summary>What is Teams' own, with the whole server and the strict fake.</summary>
public sealed class TeamsScenarioTests(DemoFolder demo) : IClassFixture<DemoFolder>
{
    private const string Laptop = "my laptop is dead";
    private const string LaptopFact = "bring it to the service desk in Stromvik";
    private const string Alba = "Alba Quintero";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Troubles => ["503", "503 after acting", "dropped", "dropped after acting", "slow body", "412", "401"];

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task Whatever_the_connector_does_the_channel_sees_the_answer_once(string trouble)
    {
        FaultKind kind = trouble switch
        {
            "503" => new FaultKind.Status(503),
            "503 after acting" => new FaultKind.Status(503, AfterActing: true),
            "dropped" => new FaultKind.DropConnection(),
            "dropped after acting" => new FaultKind.DropConnection(AfterActing: true),
            "slow body" => new FaultKind.SlowBody(TimeSpan.FromSeconds(1)),
            "412" => new FaultKind.Status(412),
            "401" => new FaultKind.Status(401),
            _ => throw new ArgumentOutOfRangeException(nameof(trouble)),
        };
        await using var teams = await TeamsDriver.StartAsync(demo);
        teams.Bot.Teams.Inject(new Fault { When = call => call.Operation == ConnectorOperation.Send, Kind = kind });
        teams.Bot.Teams.Inject(new Fault { When = call => call.Operation == ConnectorOperation.Update, Times = 2, Kind = kind });

        var asked = await teams.AskInChannelAsync([], Alba, Laptop);
        await ChannelConformance.SettleAsync(teams);

        teams.Answers(asked).Count(text => text.Contains(LaptopFact, StringComparison.Ordinal)).ShouldBe(1);
        teams.Answers(asked).Count.ShouldBeLessThanOrEqualTo(2, "at most one placeholder is left behind");
    }

    [Fact]
    public async Task A_welcome_is_said_once_although_teams_tells_of_it_twice()
    {
        await using var teams = await TeamsDriver.StartAsync(demo, settings: new Dictionary<string, string?> { ["Teams:Examples:0"] = "How do I get a VPN account?" });
        var alba = teams.Person(Alba);
        var team = teams.Bot.Teams.AddTeam("Harbour", alba.User);

        await alba.InstallAsync(cancellationToken: Cancel);
        await alba.InstallAsync(cancellationToken: Cancel);
        await alba.InstallAsync(team.General, Cancel);
        await ChannelConformance.SettleAsync(teams);

        teams.Seen(alba.Chat.Id).ShouldHaveSingleItem().Cards.ShouldHaveSingleItem().GetRawText().ShouldContain("How do I get a VPN account?");
        teams.Seen(team.General.Id).ShouldHaveSingleItem();
        teams.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_mention_of_the_bot_is_no_part_of_the_question_and_names_of_others_are()
    {
        await using var teams = await TeamsDriver.StartAsync(demo);
        var maren = teams.Person("Maren Osei").User;
        teams.Person(Alba).Shape = activity =>
        {
            activity["text"] = $"<at>Copilot</at> what&nbsp;does <at>{maren.Name}</at> do?";
            activity["entities"]!.AsArray().Add(new JsonObject { ["type"] = "mention", ["text"] = $"<at>{maren.Name}</at>", ["mentioned"] = new JsonObject { ["id"] = maren.Id, ["name"] = maren.Name } });
        };

        await teams.AskInChannelAsync(["Maren Osei"], Alba, "-");
        await ChannelConformance.SettleAsync(teams);

        teams.Services.GetRequiredService<ITurnStore>().GetRecent(1).Single().Question.ShouldBe("what does Maren Osei do?");
    }

    [Fact]
    public async Task A_message_that_an_edit_addresses_to_the_bot_becomes_a_question()
    {
        await using var teams = await TeamsDriver.StartAsync(demo);
        var talk = await teams.AskInChannelAsync([], Alba, Laptop, isMention: false);
        await teams.EditAsync(talk, "my laptop is quite dead");
        await ChannelConformance.SettleAsync(teams);
        teams.Answers(talk).ShouldBeEmpty();

        var bot = teams.Bot.Teams;
        teams.Person(Alba).Shape = activity =>
        {
            activity["text"] = $"<at>{bot.BotName}</at> {Laptop}";
            activity["entities"] = new JsonArray(new JsonObject { ["type"] = "mention", ["text"] = $"<at>{bot.BotName}</at>", ["mentioned"] = new JsonObject { ["id"] = bot.BotId, ["name"] = bot.BotName } });
        };
        await teams.EditAsync(talk, Laptop);
        await ChannelConformance.SettleAsync(teams);

        teams.Answers(talk).ShouldHaveSingleItem().ShouldContain(LaptopFact);
    }

    [Fact]
    public async Task A_group_chat_is_answered_for_all_its_members()
    {
        await using var teams = await TeamsDriver.StartAsync(demo);
        var alba = teams.Person(Alba);
        var colleagues = teams.Bot.Teams.AddGroupChat(alba.User, teams.Person("Maren Osei").User);
        var mixed = teams.Bot.Teams.AddGroupChat(alba.User, teams.Person("guest").User);

        await alba.SayAsync(colleagues, Laptop, cancellationToken: Cancel);
        await alba.SayAsync(mixed, Laptop, cancellationToken: Cancel);
        await ChannelConformance.SettleAsync(teams);

        teams.Seen(colleagues.Id).First().Text.ShouldContain(LaptopFact);
        teams.Seen(mixed.Id).First().Text.ShouldStartWith("I don't know");
        teams.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_guest_who_leaves_is_no_reader_any_more_and_one_who_joins_is_one_at_once()
    {
        await using var teams = await TeamsDriver.StartAsync(demo);
        var (alba, guest) = (teams.Person(Alba), teams.Person("guest").User);
        var chat = teams.Bot.Teams.AddGroupChat(alba.User, guest);
        await alba.SayAsync(chat, Laptop, cancellationToken: Cancel);
        await ChannelConformance.SettleAsync(teams);

        await alba.RemoveMemberAsync(chat, guest, Cancel);
        await alba.SayAsync(chat, Laptop, cancellationToken: Cancel);
        await ChannelConformance.SettleAsync(teams);
        await alba.AddMemberAsync(chat, guest, Cancel);
        await alba.SayAsync(chat, Laptop, cancellationToken: Cancel);
        await ChannelConformance.SettleAsync(teams);

        teams.Seen(chat.Id).Select(message => message.Text).Where(text => text.Length > 0).Select(text => text.Contains(LaptopFact, StringComparison.Ordinal)).ShouldBe([false, true, false]);
    }

    [Fact]
    public async Task Too_many_members_and_a_list_that_cannot_be_read_get_what_all_staff_may_read()
    {
        await using var teams = await TeamsDriver.StartAsync(demo, settings: new Dictionary<string, string?> { ["Teams:MaximumAudience"] = "2" });
        var many = await teams.AskInChannelAsync(["Maren Osei", "Tovik Lindqvaard"], Alba, Laptop);
        await ChannelConformance.SettleAsync(teams);
        teams.Answers(many).ShouldHaveSingleItem().ShouldStartWith("I don't know");

        teams.Bot.Teams.Inject(new Fault { When = call => call.Target.Contains("pagedmembers", StringComparison.Ordinal), Times = 10, Kind = new FaultKind.Status(403) });
        var unread = await teams.AskInChannelAsync([], Alba, Laptop);
        await ChannelConformance.SettleAsync(teams);
        teams.Answers(unread).ShouldHaveSingleItem().ShouldStartWith("I don't know");
    }

    [Fact]
    public async Task People_of_other_domains_and_tenants_read_what_anyone_may_read()
    {
        await using var teams = await TeamsDriver.StartAsync(demo);
        var stranger = teams.Bot.Client.As(teams.Bot.Teams.AddUser("Alba Quintero", "alba.quintero@halvorne.example.evil.example"));
        await stranger.SayAsync(Laptop, Cancel);
        await ChannelConformance.SettleAsync(teams);
        teams.Seen(stranger.Chat.Id).First().Text.ShouldStartWith("I don't know");

        var foreign = teams.Person(Alba);
        foreign.Shape = activity =>
        {
            activity["conversation"]!["tenantId"] = "99999999-0000-4000-8000-000000000009";
            activity["channelData"]!["tenant"]!["id"] = "99999999-0000-4000-8000-000000000009";
        };
        (await foreign.SayAsync(Laptop, Cancel)).Status.ShouldBe(403);
    }

    [Fact]
    public async Task The_compose_box_finds_what_the_person_may_read_and_says_so_when_there_is_nothing()
    {
        await using var teams = await TeamsDriver.StartAsync(demo);
        var (alba, guest) = (teams.Person(Alba), teams.Person("guest"));

        var found = await alba.SearchAsync(alba.Chat, "searchKnowledge", "query", "dead laptop", cancellationToken: Cancel);
        var first = await alba.SearchAsync(alba.Chat, "searchKnowledge", "query", null, cancellationToken: Cancel);
        var nothing = await guest.SearchAsync(guest.Chat, "searchKnowledge", "query", "dead laptop", cancellationToken: Cancel);

        found.Json.GetProperty("composeExtension").GetProperty("attachments").GetArrayLength().ShouldBeGreaterThan(0);
        found.Body.ShouldContain("Hardware replacement procedure");
        first.Json.GetProperty("composeExtension").GetProperty("type").GetString().ShouldBe("message");
        nothing.Json.GetProperty("composeExtension").GetProperty("type").GetString().ShouldBe("message");
        nothing.Body.ShouldNotContain("Hardware");
        teams.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task Votes_come_in_every_shape_that_teams_and_the_playground_have()
    {
        await using var teams = await TeamsDriver.StartAsync(demo);
        var alba = teams.Person(Alba);
        var asked = await teams.AskPersonallyAsync(Alba, Laptop);
        await ChannelConformance.SettleAsync(teams);
        var message = teams.Seen(asked.Conversation).First().Id;
        var votes = teams.Services.GetRequiredService<IFeedbackStore>();

        (await alba.FetchFeedbackFormAsync(message, "dislike", isNested: true, Cancel)).Body.ShouldContain("What went wrong?");
        await SubmitAsync("""{"feedbackText":"Teams' own form"}""", message);
        votes.List().ShouldHaveSingleItem().Comment.ShouldBe("Teams' own form");
        await SubmitAsync("raw words", null);
        votes.List().ShouldHaveSingleItem().Comment.ShouldBe("raw words");
        await SubmitAsync("", message);
        votes.List().ShouldHaveSingleItem().Comment.ShouldBeNull();
        await alba.SubmitTaskAsync(alba.Chat, new JsonObject { ["verb"] = "feedback", ["reaction"] = "dislike", ["reason"] = "wrong" }, message, Cancel);
        votes.List().ShouldHaveSingleItem().Reason.ShouldBe("wrong");
        teams.BrokenRules.ShouldBeEmpty();

        async Task SubmitAsync(string feedback, string? replyTo)
        {
            var value = new JsonObject { ["actionName"] = "feedback", ["actionValue"] = new JsonObject { ["reaction"] = "dislike", ["feedback"] = feedback } };
            (await alba.InvokeAsync(alba.Chat, "message/submitAction", value, replyTo, Cancel)).Status.ShouldBe(200);
        }
    }

    [Fact]
    public async Task A_vote_cannot_be_given_to_an_answer_of_another_conversation()
    {
        await using var teams = await TeamsDriver.StartAsync(demo, settings: new Dictionary<string, string?>());
        var (alba, maren) = (teams.Person(Alba), teams.Person("Maren Osei"));
        await alba.SayAsync(Laptop, Cancel);
        await ChannelConformance.SettleAsync(teams);
        var turn = teams.Services.GetRequiredService<ITurnStore>().GetRecent(1).Single().Id.Value;
        var message = teams.Seen(alba.Chat.Id).First().Id;

        var form = new JsonObject { ["verb"] = "feedback", ["reaction"] = "like", ["turn"] = turn };
        await maren.SubmitTaskAsync(maren.Chat, form, message, Cancel);
        await maren.InvokeAsync(maren.Chat, "adaptiveCard/action", new JsonObject { ["action"] = new JsonObject { ["type"] = "Action.Execute", ["verb"] = "askPrivately", ["data"] = new JsonObject { ["turn"] = turn } }, ["trigger"] = "manual" }, message, Cancel);
        await ChannelConformance.SettleAsync(teams);

        teams.Services.GetRequiredService<IFeedbackStore>().List().ShouldBeEmpty();
        teams.Seen(maren.Chat.Id).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_invoke_that_comes_again_gets_the_same_answer_and_does_nothing_twice()
    {
        await using var teams = await TeamsDriver.StartAsync(demo);
        var asked = await teams.AskInChannelAsync([], Alba, Laptop);
        await ChannelConformance.SettleAsync(teams);
        var card = teams.Seen(asked.Conversation).Last(message => message.Cards.Count > 0).Id;

        var pressed = await teams.Person(Alba).PressAsync(card, "askPrivately", cancellationToken: Cancel);
        var again = await teams.Bot.Client.RedeliverAsync(pressed, Cancel);
        var submit = new JsonObject { ["verb"] = "askPrivately", ["turn"] = teams.Services.GetRequiredService<ITurnStore>().GetConversation(new("teams", asked.Conversation), 1).Single().Id.Value };
        await ChannelConformance.SettleAsync(teams);

        again.Body.ShouldBe(pressed.Body);
        pressed.Body.ShouldContain("personal chat");
        teams.PersonalAnswers(Alba).ShouldHaveSingleItem();

        // The way of clients that do not know Action.Execute.
        teams.Person(Alba).Shape = activity => (activity["value"], activity["text"]) = (submit.DeepClone(), null);
        await teams.Person(Alba).ReplyAsync(card, "-", cancellationToken: Cancel);
        await ChannelConformance.SettleAsync(teams);
        teams.PersonalAnswers(Alba).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Who_has_no_personal_chat_with_the_bot_is_told_how_to_get_one()
    {
        await using var teams = await TeamsDriver.StartAsync(demo);
        var stranger = teams.Bot.Teams.AddUser("Henrik Dovbush", "henrik.dovbush@halvorne.example", hasApp: false);
        var team = teams.Bot.Teams.AddTeam("Harbour", teams.Person(Alba).User, stranger);
        var said = await teams.Person(Alba).SayAsync(team.General, Laptop, cancellationToken: Cancel);
        await ChannelConformance.SettleAsync(teams);

        var pressed = await teams.Bot.Client.As(stranger).PressAsync(teams.Seen(said.ConversationId).Last(message => message.Cards.Count > 0).Id, "askPrivately", cancellationToken: Cancel);

        pressed.Body.ShouldContain("open a personal chat with me first");
    }
}
