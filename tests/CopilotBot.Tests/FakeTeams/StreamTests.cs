namespace CopilotBot.Tests.FakeTeams;

public sealed class StreamTests
{
    [Fact]
    public async Task A_stream_that_keeps_the_rules_becomes_one_message()
    {
        await using var bench = await Bench.StartAsync();
        var first = await bench.PostAsync(bench.Chat, Chunk("Searching", "informative", 1));
        var statuses = new List<int> { first.Status };

        statuses.Add(await LaterAsync(bench, Chunk("One", "streaming", 2, first.Id)));
        statuses.Add(await LaterAsync(bench, Chunk("One, two", "streaming", 3, first.Id)));
        statuses.Add(await LaterAsync(bench, Final("One, two, three [1]", first.Id)));

        statuses.ShouldBe([201, 202, 202, 202]);
        bench.Broken.ShouldBeEmpty();
        var shown = bench.Connector.Messages(bench.Chat).ShouldHaveSingleItem();
        (shown.Id, shown.Text, shown.IsStreaming).ShouldBe((first.Id, "One, two, three [1]", false));
        shown.StreamTexts.Select(text => $"{text.Kind} {text.Text}").ShouldBe(["informative Searching", "streaming One", "streaming One, two"]);
    }

    [Fact]
    public async Task The_final_message_may_carry_text_and_attachment()
    {
        await using var bench = await Bench.StartAsync();
        var first = await bench.PostAsync(bench.Chat, Chunk("One", "streaming", 1));
        bench.Clock.Advance(TimeSpan.FromSeconds(1));

        var final = await bench.PostAsync(bench.Chat, $$"""
            {"type":"message","text":"One","attachments":[{"contentType":"image/png","contentUrl":"https://example.com/a.png"}],
             "entities":[{"type":"streaminfo","streamType":"final","streamId":"{{first.Id}}"}]}
            """);

        (final.Status, final.Body.EnumerateObject().Count()).ShouldBe((202, 0));
        bench.Broken.ShouldBeEmpty();
    }

    /// <summary>Rule, status, code, first request.</summary>
    public static TheoryData<string, int, string, string> FirstBreaches => new()
    {
        { "stream-sequence", 400, "BadArgument", Chunk("One", "streaming", 2) },
        { "stream-sequence", 400, "BadArgument", Chunk("One", "streaming", null) },
        { "stream-text", 400, "BadRequest", Chunk("", "streaming", 1) },
        { "stream-type", 400, "BadArgument", Chunk("One", "final", 1) },
        { "stream-id", 400, "BadArgument", Final("One", null) },
        { "stream-id", 400, "BadArgument", Chunk("One", "streaming", 2, "1") },
        { "stream-informative-length", 400, "BadArgument", Chunk(new string('i', 1001), "informative", 1) },
        { "stream-carries", 400, "BadArgument", """{"type":"typing","text":"x","attachments":[{"contentType":"image/png"}],"entities":[{"type":"streaminfo","streamType":"streaming","streamSequence":1}]}""" },
        { "stream-carries", 400, "BadArgument", """{"type":"typing","text":"x","channelData":{"feedbackLoop":{"type":"default"}},"entities":[{"type":"streaminfo","streamType":"streaming","streamSequence":1}]}""" },
        { "stream-carries", 400, "BadArgument", """{"type":"typing","text":"x","entities":[{"type":"streaminfo","streamType":"streaming","streamSequence":1},{"type":"https://schema.org/Message","@type":"Message"}]}""" },
        { "message-size", 403, "ContentStreamNotAllowed", Chunk(new string('a', 51_200), "streaming", 1) },
    };

    [Theory]
    [MemberData(nameof(FirstBreaches))]
    public async Task A_wrong_first_request_is_refused(string rule, int status, string code, string activity)
    {
        await using var bench = await Bench.StartAsync();

        var reply = await bench.PostAsync(bench.Chat, activity);

        (reply.Status, reply.Error).ShouldBe((status, code));
        bench.Broken.ShouldBe([rule]);
        bench.Connector.Messages(bench.Chat).ShouldBeEmpty();
    }

    /// <summary>Rule, status, code, the request after "One" with sequence 1; {id} is the stream's.</summary>
    public static TheoryData<string, int, string, string> LaterBreaches => new()
    {
        { "stream-sequence", 202, "ContentStreamSequenceOrderPreConditionFailed", Chunk("One, two", "streaming", 1, "{id}") },
        { "stream-sequence", 202, "ContentStreamSequenceOrderPreConditionFailed", Chunk("One, two", "streaming", 3, "{id}") },
        { "stream-sequence", 400, "BadArgument", Chunk("One, two", "streaming", null, "{id}") },
        { "stream-prefix", 400, "BadArgument", Chunk("Two", "streaming", 2, "{id}") },
        { "stream-prefix", 400, "BadArgument", Final("Two", "{id}") },
        { "stream-one-open", 403, "ContentStreamNotAllowed", Chunk("Two", "streaming", 1) },
        { "stream-final-sequence", 400, "BadArgument", """{"type":"message","text":"One","entities":[{"type":"streaminfo","streamType":"final","streamSequence":2,"streamId":"{id}"}]}""" },
    };

    [Theory]
    [MemberData(nameof(LaterBreaches))]
    public async Task A_wrong_later_request_is_refused_and_changes_nothing(string rule, int status, string code, string activity)
    {
        await using var bench = await Bench.StartAsync();
        var first = await bench.PostAsync(bench.Chat, Chunk("One", "streaming", 1));
        bench.Clock.Advance(TimeSpan.FromSeconds(1));

        var reply = await bench.PostAsync(bench.Chat, activity.Replace("{id}", first.Id, StringComparison.Ordinal));

        (reply.Status, reply.Error).ShouldBe((status, code));
        bench.Broken.ShouldBe([rule]);
        var shown = bench.Connector.Messages(bench.Chat).ShouldHaveSingleItem();
        (shown.Text, shown.IsStreaming).ShouldBe(("One", true));
    }

    [Fact]
    public async Task A_second_request_within_a_second_is_throttled()
    {
        await using var bench = await Bench.StartAsync();
        var first = await bench.PostAsync(bench.Chat, Chunk("One", "streaming", 1));
        bench.Clock.Advance(TimeSpan.FromMilliseconds(999));

        var reply = await bench.PostAsync(bench.Chat, Chunk("One, two", "streaming", 2, first.Id));

        reply.Status.ShouldBe(429);
        bench.Broken.ShouldBe(["stream-rate"]);
    }

    [Fact]
    public async Task The_same_request_again_is_dropped_without_blame()
    {
        await using var bench = await Bench.StartAsync();
        var first = await bench.PostAsync(bench.Chat, Chunk("One", "streaming", 1));
        await LaterAsync(bench, Chunk("One, two", "streaming", 2, first.Id));

        (await LaterAsync(bench, Chunk("One, two", "streaming", 2, first.Id))).ShouldBe(202);

        bench.Broken.ShouldBeEmpty();
        bench.Connector.Messages(bench.Chat)[0].StreamTexts.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Nothing_follows_the_final_message()
    {
        await using var bench = await Bench.StartAsync();
        var first = await bench.PostAsync(bench.Chat, Chunk("One", "streaming", 1));
        await LaterAsync(bench, Final("One", first.Id));

        var chunk = await bench.PostAsync(bench.Chat, Chunk("One, two", "streaming", 2, first.Id));
        var final = await bench.PostAsync(bench.Chat, Final("One, two", first.Id));

        (chunk.Status, final.Status, final.Error).ShouldBe((403, 403, "ContentStreamNotAllowed"));
        final.Message.ShouldContain("already completed");
        bench.Broken.ShouldBe(["stream-completed", "stream-completed"]);
    }

    [Fact]
    public async Task After_two_minutes_only_an_edit_completes_the_message()
    {
        await using var bench = await Bench.StartAsync();
        var first = await bench.PostAsync(bench.Chat, Chunk("One", "streaming", 1));
        bench.Clock.Advance(TimeSpan.FromSeconds(121));

        var late = await bench.PostAsync(bench.Chat, Final("One, two", first.Id));
        var edit = await bench.PutAsync(bench.Chat, first.Id, new { type = "message", text = "One, two" });

        (late.Status, late.Error, edit.Status).ShouldBe((403, "ContentStreamNotAllowed", 200));
        late.Message.ShouldContain("exceeded streaming time");
        bench.Broken.ShouldBe(["stream-time"]);
        var shown = bench.Connector.Messages(bench.Chat).ShouldHaveSingleItem();
        (shown.Text, shown.IsStreaming).ShouldBe(("One, two", false));
    }

    [Fact]
    public async Task A_message_that_is_being_streamed_takes_no_edit()
    {
        await using var bench = await Bench.StartAsync();
        var first = await bench.PostAsync(bench.Chat, Chunk("One", "streaming", 1));

        (await bench.PutAsync(bench.Chat, first.Id, new { type = "message", text = "One, two" })).Status.ShouldBe(403);

        bench.Broken.ShouldBe(["stream-edit"]);
    }

    [Fact]
    public async Task A_completed_stream_takes_an_edit_without_streaminfo()
    {
        await using var bench = await Bench.StartAsync();
        var first = await bench.PostAsync(bench.Chat, Chunk("One", "streaming", 1));
        await LaterAsync(bench, Final("One", first.Id));

        (await bench.PutAsync(bench.Chat, first.Id, Final("Two", first.Id))).Status.ShouldBe(400);
        bench.Broken.ShouldBe(["update-type"]);
        (await bench.PutAsync(bench.Chat, first.Id, new { type = "message", text = "Two" })).Status.ShouldBe(200);

        bench.Connector.Messages(bench.Chat)[0].Versions.Select(version => version.Activity.GetProperty("text").GetString()).ShouldBe(["One", "Two"]);
    }

    [Fact]
    public async Task The_first_answer_after_stop_is_no_violation_and_the_next_request_is()
    {
        await using var bench = await Bench.StartAsync();
        var first = await bench.PostAsync(bench.Chat, Chunk("One", "streaming", 1));
        bench.Connector.CancelStream(first.Id);

        var told = await bench.PostAsync(bench.Chat, Chunk("One, two", "streaming", 2, first.Id));
        bench.Broken.ShouldBeEmpty();
        var deaf = await bench.PostAsync(bench.Chat, Final("One, two", first.Id));

        (told.Status, told.Error, deaf.Status).ShouldBe((403, "ContentStreamNotAllowed", 403));
        told.Message.ShouldContain("cancel");
        bench.Broken.ShouldBe(["stream-cancelled"]);
        bench.Connector.Messages(bench.Chat)[0].IsCancelled.ShouldBeTrue();
    }

    [Fact]
    public async Task Groups_and_channels_have_no_streams()
    {
        await using var bench = await Bench.StartAsync();

        var group = await bench.PostAsync(bench.Group, Chunk("One", "streaming", 1));
        var channel = await bench.PostAsync(bench.Team.General, Chunk("One", "streaming", 1));

        (group.Status, group.Error, channel.Status).ShouldBe((405, "BadArgument", 405));
        bench.Broken.ShouldBe(["stream-scope", "stream-scope"]);
    }

    [Fact]
    public async Task The_entity_type_is_written_in_lower_case()
    {
        await using var bench = await Bench.StartAsync();

        await bench.PostAsync(bench.Chat, Chunk("One", "streaming", 1).Replace("streaminfo", "streamInfo", StringComparison.Ordinal));

        bench.Broken.ShouldBe(["stream-entity"]);
    }

    private static async Task<int> LaterAsync(Bench bench, string activity)
    {
        bench.Clock.Advance(TimeSpan.FromSeconds(1));
        return (await bench.PostAsync(bench.Chat, activity)).Status;
    }

    private static string Chunk(string text, string type, int? sequence, string? id = null) =>
        $$"""{"type":"typing","text":"{{text}}","entities":[{"type":"streaminfo","streamType":"{{type}}"{{(sequence is null ? "" : $",\"streamSequence\":{sequence}")}}{{IdOf(id)}}}]}""";

    private static string Final(string text, string? id) => $$"""{"type":"message","text":"{{text}}","entities":[{"type":"streaminfo","streamType":"final"{{IdOf(id)}}}]}""";

    private static string IdOf(string? id) => id is null ? "" : $",\"streamId\":\"{id}\"";
}
