using System.Text.Json.Nodes;
using CopilotBot.Channels;
using CopilotBot.Channels.Slack;
using CopilotBot.Channels.Slack.Api;
using CopilotBot.Conversations;
using CopilotBot.FakeSlack;
using CopilotBot.Tests.Channels.Planted;
using Microsoft.Extensions.DependencyInjection;

namespace CopilotBot.Tests.Channels.Slack.Planted;

/// <summary>Bugs that a Slack bot may have, planted one by one: for each there is a test of the suite that it turns red.</summary>
public sealed class PlantedSlackBugsTests(DemoFolder demo) : IClassFixture<DemoFolder>
{
    private static readonly Dictionary<string, (Action<IServiceCollection> Plant, Func<DemoFolder, Task> Test)> Bugs = new()
    {
        ["an event is known by its id alone"] = (
            Planting.Store(store => new BrokenStore(store) { Keys = keys => [keys[0]] }),
            demo => new SlackScenarioTests(demo).A_mention_comes_as_two_events_in_any_order_and_is_one_question(MentionOrder.MentionFirst)),
        ["deliveries are not told apart"] = (
            Planting.Store(store => new BrokenStore(store) { Keys = _ => [Guid.NewGuid().ToString()] }),
            demo => new SlackConformanceTests(demo).What_the_platform_delivers_again_is_answered_once()),
        ["a turn is closed without its answer"] = (
            Planting.Store(store => new BrokenStore(store) { Owed = _ => [] }),
            demo => new SlackConformanceTests(demo).A_question_in_a_personal_chat_gets_one_cited_answer()),
        ["an edit is a question of its own"] = (
            Planting.Store(store => new BrokenStore(store) { Taken = turn => turn.Kind == InboundKind.Edit ? turn with { Kind = InboundKind.Question, MessageId = $"{turn.MessageId}-edited" } : turn }),
            demo => new SlackConformanceTests(demo).An_edited_question_has_its_answer_changed_in_place()),
        ["the answer is a second message beside the placeholder"] = (
            Adapter(adapter => new BrokenAdapter(adapter) { UpdatesByPosting = true }),
            demo => new SlackConformanceTests(demo).A_mention_in_a_channel_is_answered_in_its_thread()),
        ["everybody in the channel gets what the asker may read"] = (
            Adapter(adapter => new BrokenAdapter(adapter) { Readers = readers => readers with { Audience = null } }),
            demo => new SlackConformanceTests(demo).A_channel_gets_what_all_its_members_may_read_and_a_person_the_rest_in_private()),
        ["a shared answer is the private one"] = (
            Adapter(adapter => new BrokenAdapter(adapter) { Readers = readers => readers with { Audience = null } }),
            demo => new SlackCommandTests(demo).A_command_is_answered_to_its_person_alone_and_sharing_asks_again_for_everybody()),
        ["a deleted question keeps its answer"] = (
            Adapter(adapter => new BrokenAdapter(adapter) { IgnoresRemovals = true }),
            demo => new SlackConformanceTests(demo).A_deleted_question_takes_its_answer_with_it()),
        ["what was refused counts as delivered"] = (
            Adapter(adapter => new BrokenAdapter(adapter) { Result = result => result.Status == SendStatus.TryAgain ? SendResult.Done(result.MessageId) : result }),
            demo => new SlackConformanceTests(demo).A_platform_that_throttles_is_obeyed_and_nothing_is_lost()),
        ["links unfold"] = (
            Form("chat.postMessage", arguments => arguments.Remove("unfurl_links")),
            demo => new SlackCommandTests(demo).An_answer_that_its_address_no_longer_takes_comes_in_the_persons_own_chat()),
        ["a stream in a channel without its recipient"] = (
            Form("chat.startStream", arguments => arguments.Remove("recipient_team_id")),
            demo => new SlackConformanceTests(demo).A_mention_in_a_channel_is_answered_in_its_thread()),
        ["a stream outside the thread"] = (
            Form("chat.startStream", arguments => arguments.Remove("thread_ts")),
            demo => new SlackConformanceTests(demo).A_question_in_a_personal_chat_gets_one_cited_answer()),
        ["a session that stays busy"] = (
            Form("chat.stopStream", arguments => arguments["session_status"] = "processing"),
            demo => new SlackConformanceTests(demo).A_question_in_a_personal_chat_gets_one_cited_answer()),
        ["thumbs without a value"] = (
            Form("chat.stopStream", arguments => arguments["blocks"] = arguments["blocks"].Replace("\"value\":\"up:", "\"value\":\"", StringComparison.Ordinal)),
            demo => new SlackConformanceTests(demo).A_vote_is_kept_with_its_reason_and_the_trace_of_the_turn_and_may_change()),
        ["a broadcast from a document"] = (
            Form("chat.stopStream", arguments => arguments["markdown_text"] = $"<!channel> {arguments.GetValueOrDefault("markdown_text")}"),
            demo => new SlackConformanceTests(demo).A_question_in_a_personal_chat_gets_one_cited_answer()),
        ["too many blocks"] = (
            Form("chat.stopStream", arguments => arguments["blocks"] = new JsonArray([.. Enumerable.Range(0, 51).Select(_ => (JsonNode)new JsonObject { ["type"] = "divider" })]).ToJsonString()),
            demo => new SlackConformanceTests(demo).A_question_in_a_personal_chat_gets_one_cited_answer()),
        ["the same chunk twice"] = (
            Form("chat.appendStream", arguments => arguments["markdown_text"] += arguments["markdown_text"]),
            demo => new SlackStreamTests(demo).An_answer_grows_sentence_by_sentence_in_chats_and_channels_alike(isPersonal: true)),
        ["a reply to the reply instead of the thread"] = (
            Form("chat.startStream", arguments => arguments["thread_ts"] = "1700000000.000001"),
            demo => new SlackConformanceTests(demo).A_mention_in_a_channel_is_answered_in_its_thread()),
    };

    public static TheoryData<string> Names => [.. Bugs.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_planted_bug_turns_the_suite_red(string name)
    {
        var (plant, test) = Bugs[name];
        SlackDriver.Planted.Value = plant;

        var failure = await Record.ExceptionAsync(() => test(demo));

        failure.ShouldNotBeNull($"no test noticed: {name}");
        failure.GetType().Name.ShouldBeOneOf(nameof(ShouldAssertException), nameof(InvalidOperationException), nameof(ArgumentOutOfRangeException));
    }

    private static Action<IServiceCollection> Adapter(Func<IChannelAdapter, BrokenAdapter> breaks) => Planting.Adapter<SlackAdapter>(breaks);

    private static Action<IServiceCollection> Form(string method, Action<Dictionary<string, string>> breaks) => services => services.AddHttpClient(SlackHttp.HttpClientName).ConfigurePrimaryHttpMessageHandler(
        () => new BrokenForm((called, arguments) =>
        {
            if (called == method)
            {
                breaks(arguments);
            }
        }));
}
