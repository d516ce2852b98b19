namespace CopilotBot.Tests.FakeTeams;

public sealed class ActivityRulesTests
{
    private const string Fine = """{"@type":"DigitalDocument","name":"Handbook","abstract":"Where it says so."}""";

    /// <summary>Rule, status, activity.</summary>
    public static TheoryData<string, int, string> Breaches => new()
    {
        { "activity-type", 400, """{"type":"trace","text":"x"}""" },
        { "message-empty", 400, """{"type":"message","text":" "}""" },
        { "message-size", 413, $$"""{"type":"message","text":"{{new string('a', 51_200)}}"}""" },
        { "text-format", 201, """{"type":"message","text":"x","textFormat":"html"}""" },
        { "markdown-table", 201, """{"type":"message","text":"| a | b |\n|---|---|\n| 1 | 2 |"}""" },
        { "text-and-attachment", 201, """{"type":"message","text":"x","attachments":[{"contentType":"image/png","contentUrl":"https://example.com/a.png"}]}""" },
        { "attachment-type", 400, """{"type":"message","attachments":[{"content":{}}]}""" },
        { "mention-text", 400, """{"type":"message","text":"Hi Ada","entities":[{"type":"mention","text":"<at>Ada</at>","mentioned":{"id":"29:1","name":"Ada"}}]}""" },
        { "mention-shape", 201, """{"type":"message","text":"Hi @Ada","entities":[{"type":"mention","text":"@Ada","mentioned":{"id":"29:1","name":"Ada"}}]}""" },
        { "feedback-type", 400, """{"type":"message","text":"x","channelData":{"feedbackLoop":{"type":"thumbs"}}}""" },
        { "feedback-old", 201, """{"type":"message","text":"x","channelData":{"feedbackLoopEnabled":true}}""" },
        { "suggestion-type", 201, """{"type":"message","text":"x","suggestedActions":{"actions":[{"type":"openUrl","title":"a","value":"b"}]}}""" },
        { "root-entity-count", 400, Message("x", Root(""), Root("")) },
        { "root-entity-type", 400, Message("x", """{"type":"https://schema.org/Message"}""") },
        { "additional-type", 400, Message("x", """{"type":"https://schema.org/Message","@type":"Message","additionalType":"AIGeneratedContent"}""") },
        { "citation-list", 400, Message("x", """{"type":"https://schema.org/Message","@type":"Message","citation":{}}""") },
        { "citation-count", 400, Message(string.Concat(Enumerable.Range(1, 21).Select(n => $"[{n}]")), Root(string.Join(',', Enumerable.Range(1, 21).Select(n => Claim($"{n}", Fine))))) },
        { "citation-position-unique", 400, Message("[1]", Root($"{Claim("1", Fine)},{Claim("1", Fine)}")) },
        { "citation-position", 400, Message("[1]", Root(Claim("\"1\"", Fine))) },
        { "citation-in-text", 201, Message("no number", Root(Claim("1", Fine))) },
        { "citation-type", 400, Message("[1]", Root($$"""{"position":1,"appearance":{{Fine}} }""")) },
        { "citation-appearance", 400, Message("[1]", Root(Claim("1", "{}"))) },
        { "citation-name", 400, Message("[1]", Root(Claim("1", """{"@type":"DigitalDocument","abstract":"a"}"""))) },
        { "citation-name-length", 201, Message("[1]", Root(Claim("1", $$"""{"@type":"DigitalDocument","name":"{{new string('n', 81)}}","abstract":"a"}"""))) },
        { "citation-abstract", 400, Message("[1]", Root(Claim("1", """{"@type":"DigitalDocument","name":"n","abstract":" "}"""))) },
        { "citation-abstract-length", 201, Message("[1]", Root(Claim("1", $$"""{"@type":"DigitalDocument","name":"n","abstract":"{{new string('a', 161)}}"}"""))) },
        { "citation-keywords", 400, Message("[1]", Root(Claim("1", With("""  "keywords":["a","b","c","d"]  """)))) },
        { "citation-keyword-length", 201, Message("[1]", Root(Claim("1", With($""" "keywords":["{new string('k', 29)}"] """)))) },
        { "citation-image", 201, Message("[1]", Root(Claim("1", With(""" "image":{"@type":"ImageObject","name":"Word"} """)))) },
        { "citation-format", 201, Message("[1]", Root(Claim("1", With(""" "encodingFormat":"text/html" """)))) },
        { "citation-card", 201, Message("[1]", Root(Claim("1", With(""" "encodingFormat":"application/vnd.microsoft.card.adaptive","text":"{\"body\":[{\"type\":\"Input.Text\"}]}" """)))) },
        { "citation-label", 400, Message("[1]", Root(Claim("1", With(""" "usageInfo":{"@id":"other"} """)))) },
        { "card-content", 400, Card("\"text\"") },
        { "card-type", 201, Card("""{"version":"1.5"}""") },
        { "card-version", 201, Card("""{"type":"AdaptiveCard"}""") },
        { "card-version", 201, Card("""{"type":"AdaptiveCard","version":"1.6"}""") },
        { "card-size", 413, Card($$$"""{"type":"AdaptiveCard","version":"1.5","body":[{"type":"TextBlock","text":"{{{new string('c', 28_700)}}}"}]}""") },
        { "execute-verb", 201, Card("""{"type":"AdaptiveCard","version":"1.5","actions":[{"type":"Action.Execute","title":"Go"}]}""") },
        { "execute-fallback", 201, Card("""{"type":"AdaptiveCard","version":"1.5","actions":[{"type":"Action.Execute","title":"Go","verb":"go"}]}""") },
        { "action-http", 201, Card("""{"type":"AdaptiveCard","version":"1.5","actions":[{"type":"Action.Http","title":"Go"}]}""") },
        { "refresh-users", 201, Card("""{"type":"AdaptiveCard","version":"1.5","refresh":{"action":{"type":"Action.Execute","verb":"r"}}}""") },
        { "refresh-action", 201, Card("""{"type":"AdaptiveCard","version":"1.5","refresh":{"userIds":["29:1"],"action":{"type":"Action.Submit"}}}""") },
    };

    [Theory]
    [MemberData(nameof(Breaches))]
    public async Task A_broken_rule_is_answered_as_Teams_does_and_recorded(string rule, int status, string activity)
    {
        await using var bench = await Bench.StartAsync();

        var reply = await bench.PostAsync(bench.Chat, activity);

        reply.Status.ShouldBe(status);
        bench.Broken.ShouldBe([rule]);
        bench.Connector.Messages(bench.Chat).Count.ShouldBe(status != 201 ? 0 : rule == "text-and-attachment" ? 2 : 1);
    }

    [Fact]
    public async Task An_answer_with_label_citations_feedback_and_prompts_breaks_no_rule()
    {
        await using var bench = await Bench.StartAsync();
        var citation = Claim("1", With(""" "url":"https://example.com","keywords":["a","b","c"],"image":{"@type":"ImageObject","name":"PDF"} """));

        var reply = await bench.PostAsync(bench.Chat, $$"""
            {"type":"message","text":"So it is [1], <at>Ada Lovelace</at>.","textFormat":"markdown","channelData":{"feedbackLoop":{"type":"default"} },
             "suggestedActions":{"actions":[{"type":"imBack","title":"More","value":"More"}]},
             "entities":[{"type":"mention","text":"<at>Ada Lovelace</at>","mentioned":{"id":"{{bench.Ada.Id}}","name":"Ada Lovelace"} },{{Root(citation)}}]}
            """);

        reply.Status.ShouldBe(201);
        bench.Broken.ShouldBeEmpty();
        bench.Connector.Messages(bench.Chat).ShouldHaveSingleItem().Text.ShouldBe("So it is [1], <at>Ada Lovelace</at>.");
    }

    [Fact]
    public async Task A_card_with_a_verb_and_a_fallback_breaks_no_rule()
    {
        await using var bench = await Bench.StartAsync();

        var reply = await bench.PostAsync(bench.Chat, Card("""
            {"type":"AdaptiveCard","version":"1.5","body":[{"type":"TextBlock","text":"Open a ticket?"}],
             "actions":[{"type":"Action.Execute","title":"Yes","verb":"open","fallback":{"type":"Action.Submit","title":"Yes","data":{"verb":"open"}}}]}
            """));

        reply.Status.ShouldBe(201);
        bench.Broken.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_text_with_an_attachment_is_shown_as_two_messages_and_the_answer_has_no_id()
    {
        await using var bench = await Bench.StartAsync();

        var reply = await bench.PostAsync(bench.Chat, """{"type":"message","text":"x","attachments":[{"contentType":"image/png","contentUrl":"https://example.com/a.png"}]}""");

        reply.Body.TryGetProperty("id", out _).ShouldBeFalse();
        bench.Connector.Messages(bench.Chat).Select(message => message.Text).ShouldBe(["x", ""]);
    }

    [Fact]
    public async Task Only_the_first_three_suggested_actions_are_shown()
    {
        await using var bench = await Bench.StartAsync();
        var actions = new[] { "a", "b", "c", "d" }.Select(title => new { type = "imBack", title, value = title });

        await bench.PostAsync(bench.Chat, new { type = "message", text = "x", suggestedActions = new { actions } });

        bench.Broken.ShouldBe(["suggestion-count"]);
        bench.Connector.Messages(bench.Chat)[0].Suggestions.ShouldBe(["a", "b", "c"]);
    }

    [Fact]
    public async Task A_table_in_a_code_block_is_text()
    {
        await using var bench = await Bench.StartAsync();

        await bench.PostAsync(bench.Chat, new { type = "message", text = "```\n| a | b |\n|---|---|\n```" });

        bench.Broken.ShouldBeEmpty();
    }

    private static string Message(string text, params string[] entities) => $$"""{"type":"message","text":"{{text}}","entities":[{{string.Join(',', entities)}}]}""";

    private static string Root(string citations) =>
        $$"""{"type":"https://schema.org/Message","@type":"Message","@context":"https://schema.org","@id":"","additionalType":["AIGeneratedContent"],"citation":[{{citations}}]}""";

    private static string Claim(string position, string appearance) => $$"""{"@type":"Claim","position":{{position}},"appearance":{{appearance}} }""";

    private static string With(string more) => $$"""{"@type":"DigitalDocument","name":"Handbook","abstract":"Where it says so.",{{more}} }""";

    private static string Card(string content) => $$$"""{"type":"message","attachments":[{"contentType":"application/vnd.microsoft.card.adaptive","content":{{{content}}} }]}""";
}
