using System.Text.Json;
using CopilotBot.Channels.Slack;

namespace CopilotBot.Tests.Channels.Slack;

public sealed class SlackPostTests
{
    [Fact]
    public void A_message_of_its_own_begins_the_thread_that_it_is_answered_in()
    {
        var post = Parse("""{"user":"U1","ts":"1.2","text":"<@UBOT> hello"}""").ShouldNotBeNull();

        post.ShouldBe(new SlackPost("C1", "1.2", null, "U1", "hello", true, false));
        post.Conversation("T1").ConversationId.ShouldBe("T1/C1/1.2");
        Parse("""{"user":"U1","ts":"1.2","thread_ts":"1.2","text":"hello"}""").ShouldNotBeNull().Thread.ShouldBeNull("the first message of a thread names itself");
    }

    [Fact]
    public void A_reply_belongs_to_its_thread() =>
        Parse("""{"user":"U1","ts":"1.3","thread_ts":"1.2","text":"hello"}""").ShouldNotBeNull().Conversation("T1").ConversationId.ShouldBe("T1/C1/1.2");

    [Theory]
    [InlineData("""{"user":"U1","ts":"1.2","text":"hi","bot_id":"B1"}""")]
    [InlineData("""{"user":"U1","ts":"1.2","text":"hi","app_id":"A1"}""")]
    [InlineData("""{"user":"U1","ts":"1.2","text":"hi","bot_profile":{"id":"B1"}}""")]
    [InlineData("""{"user":"UBOT","ts":"1.2","text":"hi"}""")]
    [InlineData("""{"user":"USLACKBOT","ts":"1.2","text":"hi"}""")]
    [InlineData("""{"user":"U1","ts":"1.2","text":"hi","hidden":true}""")]
    [InlineData("""{"user":"U1","ts":"1.2","text":"joined","subtype":"channel_join"}""")]
    [InlineData("""{"ts":"1.2","text":"hi","subtype":"bot_message","username":"x"}""")]
    [InlineData("""{"user":"U1","text":"hi"}""")]
    [InlineData("""{"ts":"1.2","text":"hi"}""")]
    [InlineData("[]")]
    public void What_no_person_said_is_nothing(string message) => Parse(message).ShouldBeNull();

    [Theory]
    [InlineData("file_share")]
    [InlineData("thread_broadcast")]
    public void Words_beside_a_file_and_words_sent_to_the_channel_too_are_words(string subtype) =>
        Parse($$"""{"user":"U1","ts":"1.2","text":"hi","subtype":"{{subtype}}"}""").ShouldNotBeNull();

    private static SlackPost? Parse(string message)
    {
        using var json = JsonDocument.Parse(message);
        return SlackPost.Parse(json.RootElement, "C1", "UBOT");
    }
}
