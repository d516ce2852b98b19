using CopilotBot.Channels.Slack;
using CopilotBot.Channels.Slack.Rendering;
using CopilotBot.Conversations;
using CopilotBot.FakeSlack;
using Microsoft.Extensions.DependencyInjection;

namespace CopilotBot.Tests.Channels.Slack;

/// <summary>Who may read what in Slack, with the whole server and the strict fake.</summary>
public sealed class SlackReaderTests(DemoFolder demo) : IClassFixture<DemoFolder>
{
    private const string Laptop = "my laptop is dead";
    private const string LaptopFact = "bring it to the service desk in Stromvik";
    private const string Alba = "Alba Quintero";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_channel_of_two_organisations_gets_what_anyone_may_read()
    {
        await using var slack = await SlackDriver.StartAsync(demo);
        var shared = slack.Slack.AddChannel(slack.Slack.Workspace, "partners", [slack.Person(Alba).User], isExtShared: true);

        await slack.Person(Alba).SayAsync(shared, Laptop, cancellationToken: Cancel);
        await ChannelConformance.SettleAsync(slack);

        slack.Slack.Messages(shared).Single(message => message.AuthorIsBot).Text.ShouldContain("I don't know");
        slack.BrokenRules.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("nothing", true)]
    [InlineData("guest of many", false)]
    [InlineData("guest of one", false)]
    [InlineData("stranger", false)]
    [InlineData("deleted", false)]
    [InlineData("unconfirmed", false)]
    [InlineData("without address", false)]
    [InlineData("address elsewhere", false)]
    [InlineData("foreign workspace", false)]
    public async Task Only_full_members_of_an_allowed_workspace_with_a_confirmed_address_are_anybody(string what, bool isAnybody)
    {
        await using var slack = await SlackDriver.StartAsync(demo);
        var user = slack.Slack.AddUser(
            slack.Slack.Workspace,
            Alba,
            what switch { "without address" => null, "address elsewhere" => "alba.quintero@halvorne.example.evil.example", _ => "Alba.Quintero@halvorne.example" },
            user => what switch
            {
                "guest of many" => user with { IsRestricted = true },
                "guest of one" => user with { IsUltraRestricted = true },
                "stranger" => user with { IsStranger = true },
                "deleted" => user with { IsDeleted = true },
                "unconfirmed" => user with { IsEmailConfirmed = false },
                "foreign workspace" => user with { TeamId = "T0FOREIGN1" },
                _ => user,
            });

        await slack.Slack.As(user).SayAsync(Laptop, Cancel);
        await ChannelConformance.SettleAsync(slack);

        slack.Slack.Messages(slack.Slack.Direct(user)).Single(message => message.AuthorIsBot).Text.Contains(LaptopFact, StringComparison.Ordinal).ShouldBe(isAnybody);
    }

    [Fact]
    public async Task Who_cannot_be_looked_up_for_a_moment_still_reads_what_they_may()
    {
        await using var slack = await SlackDriver.StartAsync(demo);
        slack.Slack.Inject(new Fault { When = call => call.Method == "users.info", Times = 1, Kind = new FaultKind.Status(429, TimeSpan.FromSeconds(6)) });

        var asked = await slack.AskPersonallyAsync(Alba, Laptop);
        await ChannelConformance.SettleAsync(slack);

        slack.Answers(asked).ShouldHaveSingleItem().ShouldContain(LaptopFact);
        slack.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_changes_joins_or_leaves_counts_at_once()
    {
        await using var slack = await SlackDriver.StartAsync(demo);
        var (alba, guest) = (slack.Person(Alba), slack.Person("guest").User);
        var channel = slack.Slack.AddGroup(alba.User);
        await AskAsync();
        await slack.Slack.SetMemberAsync(channel, guest, isMember: true, Cancel);
        await AskAsync();
        await slack.Slack.SetMemberAsync(channel, guest, isMember: false, Cancel);
        await AskAsync();
        await slack.Slack.ChangeUserAsync(alba.User with { IsRestricted = true }, Cancel);
        await AskAsync();

        slack.Slack.Messages(channel).Where(message => message.AuthorIsBot).Select(message => message.Text.Contains(LaptopFact, StringComparison.Ordinal)).ShouldBe([true, false, true, false]);
        slack.BrokenRules.ShouldBeEmpty();

        async Task AskAsync()
        {
            await alba.SayAsync(channel, Laptop, cancellationToken: Cancel);
            await ChannelConformance.SettleAsync(slack);
        }
    }

    [Fact]
    public async Task Too_many_members_and_a_list_that_cannot_be_read_get_what_all_staff_may_read_unless_others_may_be_there()
    {
        await using var slack = await SlackDriver.StartAsync(demo, settings: new Dictionary<string, string?> { ["Slack:MaximumAudience"] = "2" });
        (await ReadersOfAsync(slack.NewChannel(Alba, "Maren Osei", "Tovik Lindqvaard"))).IsStaff.ShouldBeTrue();

        slack.Slack.Inject(new Fault { When = call => call.Method == "conversations.members", Times = 10, Kind = new FaultKind.Error("missing_scope") });
        (await ReadersOfAsync(slack.NewChannel(Alba))).IsStaff.ShouldBeTrue();

        // Commands and shortcuts do not say that their channel is shared with others.
        var partners = slack.Slack.AddChannel(slack.Slack.Workspace, "partners", [slack.Person(Alba).User], isExtShared: true);
        (await ReadersOfAsync(partners)).ShouldBe(UserIdentity.Public);

        slack.Slack.Inject(new Fault { When = call => call.Method == "conversations.info", Times = 10, Kind = new FaultKind.Error("missing_scope") });
        (await ReadersOfAsync(slack.NewChannel(Alba))).ShouldBe(UserIdentity.Public);

        async Task<UserIdentity> ReadersOfAsync(SlackChannel channel) => (await slack.Services.GetRequiredService<SlackPeople>()
            .FindAudienceAsync(new SlackAddress(channel.Workspace.TeamId, channel.Id, Thread: null, User: null, SlackPlace.Shared), Cancel)).ShouldHaveSingleItem();
    }
}
