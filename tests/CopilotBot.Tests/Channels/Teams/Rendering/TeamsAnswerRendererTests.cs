using System.Text.Json.Nodes;
using CopilotBot.Answering;
using CopilotBot.Channels.Rendering;
using CopilotBot.Channels.Teams.Rendering;
using CopilotBot.Tests.Channels.Rendering;
using CopilotBot.Tests.Support;
using static CopilotBot.Tests.Channels.Rendering.SomeAnswer;
using static CopilotBot.Tests.Channels.Teams.Rendering.SomeFrame;

namespace CopilotBot.Tests.Channels.Teams.Rendering;

public sealed class TeamsAnswerRendererTests
{
    private const string Label = "8c7f2f0e-6b1d-4a53-9d55-0d4f7a8f1c11";

    private static IEnumerable<(string Name, Answer Answer, AnswerFrame Frame)> All =>
    [
        ("grounded-personal", Laptop, Personal),
        ("grounded-channel", Laptop, Channel),
        ("grounded-label", Laptop, Channel with { SensitivityLabelId = Label }),
        ("nothing-personal", Nothing, Personal),
        ("nothing-channel", Nothing, Channel),
        ("refused-personal", Refused, Personal),
        ("failed-channel", Failed, Channel),
        ("seven-sources", Grounded(string.Join('\n', Enumerable.Range(1, 7).Select(n => $"Pier {n} opens at {n}. [{n}]")), ManySources(7)), Channel),
        ("table", Grounded("The piers: [1]\n| Pier | Opens |\n|---|:-:|\n| North | 6:00 | [1]\n| South \\| old | *7:00* | [2]\nAsk the harbour office. [2]", ManySources(2)), Personal),
    ];

    public static TheoryData<string> Names => [.. All.Select(sample => sample.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_answer_is_shown_as_recorded(string name)
    {
        var (_, answer, frame) = All.Single(sample => sample.Name == name);

        var messages = TeamsAnswerRenderer.Render(answer, frame);

        MessageRules.ShouldHold(messages);
        Snapshot.ShouldStandAs(new JsonArray([.. messages.Select(message => message.DeepClone())]), "Teams", name);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_card_of_an_answer_is_valid_by_the_official_schema(string name)
    {
        OfficialSchema.Card.SkipUnlessHere();
        var (_, answer, frame) = All.Single(sample => sample.Name == name);

        foreach (var card in TeamsAnswerRenderer.Render(answer, frame).SelectMany(MessageRules.Cards))
        {
            MessageRules.ShouldBeValid(card);
        }
    }

    [Fact]
    public void The_official_schema_refuses_what_is_no_card()
    {
        OfficialSchema.Card.SkipUnlessHere();

        OfficialSchema.Card.Faults(CardJson.Card([new JsonObject { ["type"] = "TextBlok", ["text"] = "x" }])).ShouldNotBeEmpty();
        OfficialSchema.Card.Faults(CardJson.Card([new JsonObject { ["type"] = "TextBlock" }])).ShouldNotBeEmpty();
        OfficialSchema.Card.Faults(CardJson.Card([CardJson.Text("x")], new JsonObject { ["type"] = "Action.ToggleVisibility", ["title"] = "x" })).ShouldNotBeEmpty();
    }

    [Fact]
    public void In_a_channel_the_last_card_of_a_miss_a_refusal_and_a_fault_is_the_same()
    {
        string[] cards = [.. ((Answer[])[Nothing, Refused, Failed]).Select(answer => TeamsAnswerRenderer.Render(answer, Channel)[^1].ToJsonString()).Distinct()];

        cards.ShouldHaveSingleItem().ShouldContain(TeamsVerb.AskPrivately);
        TeamsAnswerRenderer.Render(Laptop, Channel)[^1].ToJsonString().ShouldContain(TeamsVerb.AskPrivately);
    }

    [Fact]
    public void A_personal_miss_is_one_message_with_thumbs_and_a_link()
    {
        var message = TeamsAnswerRenderer.Render(Nothing, Personal).ShouldHaveSingleItem();

        message["channelData"]!["feedbackLoop"]!["type"]!.GetValue<string>().ShouldBe("custom");
        message["text"]!.GetValue<string>().ShouldEndWith(@"Maybe related: [Printers \[Port Ainslie\]](https://wiki.halvorne.example/wiki/pages/1004/Printers_%28Ainslie%29#toner)");
    }

    [Fact]
    public void A_fault_carries_no_label_and_no_thumbs()
    {
        var message = TeamsAnswerRenderer.Render(Failed, Personal).ShouldHaveSingleItem();

        message.ContainsKey("entities").ShouldBeFalse();
        message.ContainsKey("channelData").ShouldBeFalse();
    }

    [Fact]
    public void Thirty_sources_keep_twenty_markers_in_the_text_and_all_of_them_on_the_card()
    {
        var answer = Grounded(string.Join('\n', Enumerable.Range(1, 30).Select(n => $"Pier {n} opens early. [{n}]")), ManySources(30));

        var messages = TeamsAnswerRenderer.Render(answer, Personal);

        MessageRules.ShouldHold(messages);
        var text = messages[0]["text"]!.GetValue<string>();
        text.ShouldContain("Pier 20 opens early. [20]");
        text.ShouldContain("Pier 21 opens early.\n\n");
        text.ShouldNotContain("[21]");
        messages[0]["entities"]![0]!["citation"]!.AsArray().Count.ShouldBe(20);
        messages[^1].ToJsonString().ShouldContain("source-30");
    }

    [Fact]
    public void A_long_answer_goes_on_in_more_messages_that_cite_what_they_say()
    {
        var answer = Grounded(string.Join('\n', Enumerable.Range(0, 1000).Select(n => $"Pier number {n} of Halvorne Tidal opens early in the morning. [{1 + (n / 500)}]")), ManySources(2));

        var messages = TeamsAnswerRenderer.Render(answer, Personal);

        MessageRules.ShouldHold(messages);
        messages.Count.ShouldBe(4);
        messages.Take(3).ShouldAllBe(message => message["text"]!.GetValue<string>().Length <= 25_000);
        messages.Take(3).Select(message => string.Join(',', message["entities"]![0]!["citation"]!.AsArray().Select(claim => claim!["position"]))).ShouldBe(["1", "1,2", "2"]);
        messages.Select(message => message.ContainsKey("channelData")).ShouldBe([true, false, false, false]);
        messages.Select(message => message.ContainsKey("suggestedActions")).ShouldBe([false, false, true, false]);
    }

    [Fact]
    public void A_card_that_would_be_too_large_drops_quotes_and_then_sources_and_says_so()
    {
        var wordy = Enumerable.Range(1, 60).Select(n => Source(n, $"Page {n} {new string('ø', 150)}", quote: new string('ø', 600))).ToArray();

        var few = TeamsAnswerRenderer.Render(Grounded("Yes. [1]", wordy[..12]), Channel)[^1].ToJsonString();
        var many = TeamsAnswerRenderer.Render(Grounded("Yes. [1]", wordy), Channel);

        few.ShouldContain("The quotes are left out");
        few.ShouldContain("source-12");
        MessageRules.ShouldHold(many);
        many[^1].ToJsonString().ShouldContain("of 60 sources are shown");
    }

    [Fact]
    public void Citations_keep_their_limits_whatever_the_source_holds()
    {
        var answer = Grounded(
            "One. [1] Two. [2] Three. [3]",
            Source(1, string.Concat(Enumerable.Repeat("😀", 90)), quote: string.Concat(Enumerable.Repeat("😀", 300))),
            Source(2, "", ["A heading that is too long for a keyword of Teams"], quote: " \n "),
            Source(3, "Plan.pdf", ["Tides"], url: "javascript:alert(1)"));

        var messages = TeamsAnswerRenderer.Render(answer, Personal);

        MessageRules.ShouldHold(messages);
        var claims = messages[0]["entities"]![0]!["citation"]!.AsArray().Select(claim => claim!["appearance"]!).ToList();
        claims[1]["name"]!.GetValue<string>().ShouldBe("Untitled");
        claims[1]["abstract"]!.GetValue<string>().ShouldBe("Untitled");
        claims[2].AsObject().ContainsKey("url").ShouldBeFalse();
        claims[2]["image"]!["name"]!.GetValue<string>().ShouldBe("PDF");
        claims[2]["keywords"]!.ToJsonString().ShouldBe("""["updated 3 months ago","Tides"]""");
    }

    [Theory]
    [InlineData("https://wiki.halvorne.example/a b(c)?x=1&lt;y=[1]#t", "https://wiki.halvorne.example/a%20b%28c%29?x=1&lt%3By=%5B1%5D#t")]
    [InlineData("/documents/demo%3Apage%3A1", null)]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("data:text/html,x", null)]
    [InlineData("file:///etc/passwd", null)]
    [InlineData("https://halvorne.example@evil.example/", null)]
    [InlineData("", null)]
    public void Only_web_addresses_are_links(string url, string? expected) => SafeLink.Parse(url).ShouldBe(expected);

    [Fact]
    public void A_title_that_is_too_long_to_name_or_was_asked_already_is_not_suggested()
    {
        var answer = Grounded("Yes. [1]", Source(1), Source(2, new string('x', 61)), Source(3, "Tide tables"), Source(4, "Loan devices"), Source(5, "Moorings"), Source(6, "Piers"));

        SuggestedQuestions.For(answer, "what does “tide tables” say?").ShouldBe(["What does “Loan devices” say?", "What does “Moorings” say?"]);
    }
}
