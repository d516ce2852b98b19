using System.Text.Json.Nodes;
using CopilotBot.Channels;
using CopilotBot.Channels.Teams;
using CopilotBot.Channels.Teams.Connector;
using CopilotBot.Conversations;
using CopilotBot.Tests.Channels.Planted;
using Microsoft.Extensions.DependencyInjection;

namespace CopilotBot.Tests.Channels.Teams.Planted;

/// <summary>Bugs that a Teams bot may have, planted one by one: for each there is a test of the suite that it turns red.</summary>
public sealed class PlantedBugsTests(DemoFolder demo) : IClassFixture<DemoFolder>
{
    private static readonly Dictionary<string, (Action<IServiceCollection> Plant, Func<DemoFolder, Task> Test)> Bugs = new()
    {
        ["deliveries are not told apart"] = (
            Store(store => new BrokenStore(store) { Keys = _ => [Guid.NewGuid().ToString()] }),
            demo => new TeamsConformanceTests(demo).What_the_platform_delivers_again_is_answered_once()),
        ["the mention stays in the question"] = (
            Store(store => new BrokenStore(store) { Taken = turn => turn with { Text = $"<at>Copilot</at> {turn.Text}" } }),
            demo => new TeamsScenarioTests(demo).The_mention_of_the_bot_is_no_part_of_the_question_and_names_of_others_are()),
        ["an edit is a question of its own"] = (
            Store(store => new BrokenStore(store) { Taken = turn => turn.Kind == InboundKind.Edit ? turn with { Kind = InboundKind.Question, MessageId = $"{turn.MessageId}-edited" } : turn }),
            demo => new TeamsConformanceTests(demo).An_edited_question_has_its_answer_changed_in_place()),
        ["a turn is closed without its answer"] = (
            Store(store => new BrokenStore(store) { Owed = _ => [] }),
            demo => new TeamsConformanceTests(demo).A_question_in_a_personal_chat_gets_one_cited_answer()),
        ["the answer is a second message beside the placeholder"] = (
            Adapter(adapter => new BrokenAdapter(adapter) { UpdatesByPosting = true }),
            demo => new TeamsConformanceTests(demo).A_mention_in_a_channel_is_answered_in_its_thread()),
        ["what was refused counts as delivered"] = (
            Adapter(adapter => new BrokenAdapter(adapter) { Result = result => result.Status == SendStatus.TryAgain ? SendResult.Done(result.MessageId) : result }),
            demo => new TeamsConformanceTests(demo).A_platform_that_throttles_is_obeyed_and_nothing_is_lost()),
        ["Retry-After is not minded"] = (
            Adapter(adapter => new BrokenAdapter(adapter) { Result = result => result with { Wait = null } }),
            demo => new TeamsConformanceTests(demo).A_platform_that_throttles_is_obeyed_and_nothing_is_lost()),
        ["everybody in the channel gets what the asker may read"] = (
            Adapter(adapter => new BrokenAdapter(adapter) { Readers = readers => readers with { Audience = null } }),
            demo => new TeamsConformanceTests(demo).A_channel_gets_what_all_its_members_may_read_and_a_person_the_rest_in_private()),
        ["a deleted question keeps its answer"] = (
            Adapter(adapter => new BrokenAdapter(adapter) { IgnoresRemovals = true }),
            demo => new TeamsConformanceTests(demo).A_deleted_question_takes_its_answer_with_it()),
        ["text and card are one message"] = (
            Adapter(adapter => new BrokenAdapter(adapter) { Contents = MergeCard }),
            demo => new TeamsConformanceTests(demo).A_mention_in_a_channel_is_answered_in_its_thread()),
        ["a second root entity"] = (
            Wire(activity => (activity["entities"] as JsonArray)?.Add(new JsonObject { ["type"] = "https://schema.org/Message", ["@type"] = "Message" })),
            demo => new TeamsConformanceTests(demo).A_mention_in_a_channel_is_answered_in_its_thread()),
        ["a citation without abstract"] = (
            Wire(activity => activity["entities"]?[0]?["citation"]?[0]?["appearance"]?.AsObject().Remove("abstract")),
            demo => new TeamsConformanceTests(demo).A_mention_in_a_channel_is_answered_in_its_thread()),
        ["chunks of a stream out of order"] = (
            Wire(activity => Stream(activity, info => info["streamSequence"] = 1)),
            demo => new TeamsStreamTests(demo).A_personal_answer_is_streamed_sentence_by_sentence_and_ends_in_one_message()),
        ["a final message with a number"] = (
            Wire(activity => Stream(activity, info => info["streamSequence"] ??= 9)),
            demo => new TeamsConformanceTests(demo).A_question_in_a_personal_chat_gets_one_cited_answer()),
        ["no thumbs"] = (
            Wire(activity => activity.Remove("channelData")),
            demo => new TeamsConformanceTests(demo).A_vote_is_kept_with_its_reason_and_the_trace_of_the_turn_and_may_change()),
        ["a button without verb"] = (
            Wire(activity => activity["attachments"]?[0]?["content"]?["actions"]?.AsArray().OfType<JsonObject>().ToList().ForEach(action => action.Remove("verb"))),
            demo => new TeamsConformanceTests(demo).A_channel_gets_what_all_its_members_may_read_and_a_person_the_rest_in_private()),
        ["a welcome for each event"] = (
            Store(store => new BrokenStore(store) { IsForgetful = true }),
            demo => new TeamsScenarioTests(demo).A_welcome_is_said_once_although_teams_tells_of_it_twice()),
    };

    public static TheoryData<string> Names => [.. Bugs.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_planted_bug_turns_the_suite_red(string name)
    {
        var (plant, test) = Bugs[name];
        TeamsDriver.Planted.Value = plant;

        var failure = await Record.ExceptionAsync(() => test(demo));

        failure.ShouldNotBeNull($"no test noticed: {name}");
        failure.ShouldBeAssignableTo<Exception>().GetType().Name.ShouldBeOneOf(nameof(ShouldAssertException), nameof(InvalidOperationException));
    }

    private static Action<IServiceCollection> Store(Func<IChannelStore, BrokenStore> breaks) => Planting.Store(breaks);

    private static Action<IServiceCollection> Adapter(Func<IChannelAdapter, BrokenAdapter> breaks) => Planting.Adapter<TeamsAdapter>(breaks);

    private static Action<IServiceCollection> Wire(Action<JsonObject> breaks) =>
        services => services.AddHttpClient(ConnectorHttp.HttpClientName).ConfigurePrimaryHttpMessageHandler(() => new BrokenWire(breaks));

    private static IReadOnlyList<string> MergeCard(IReadOnlyList<string> contents)
    {
        var first = JsonNode.Parse(contents[0])!.AsObject(); // the product wrote it
        first["attachments"] = JsonNode.Parse(contents[^1])!["attachments"]?.DeepClone();
        return [first.ToJsonString()];
    }

    private static void Stream(JsonObject activity, Action<JsonObject> breaks)
    {
        foreach (var info in (activity["entities"] as JsonArray)?.OfType<JsonObject>().Where(entity => entity["type"]?.GetValue<string>() == "streaminfo").ToList() ?? [])
        {
            breaks(info);
        }
    }
}
