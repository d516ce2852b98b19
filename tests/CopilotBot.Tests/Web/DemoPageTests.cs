using System.Net;
using System.Text.RegularExpressions;
using CopilotBot.Tests.Channels;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Web;

/// <summary>The page over the demo, where a visitor may choose who they are.</summary>
public sealed partial class DemoPageTests(ServedDemo demo) : IClassFixture<ServedDemo>
{
    private const string WorkerOfAnotherTeam = "demo:acc-19c0de";

    [Fact]
    public async Task The_people_of_the_demo_can_be_chosen_and_the_choice_counts()
    {
        var page = await demo.GetAsync("/");
        page.ShouldContain("<select");
        page.ShouldContain($"value=\"{WorkerOfAnotherTeam}\"");

        (await demo.AskAsync("what does SKY-4021 mean", WorkerOfAnotherTeam)).ShouldContain("certificate has expired");
        (await demo.AskAsync("what does SKY-4021 mean", "")).ShouldNotContain("certificate has expired");
    }

    [Fact]
    public async Task The_choice_travels_to_the_cited_page_and_without_it_the_page_is_not_there()
    {
        var answer = await demo.AskAsync("what does SKY-4021 mean", WorkerOfAnotherTeam);
        var link = WebUtility.HtmlDecode(SourceLink().Match(answer).Groups[1].Value);

        (await demo.GetAsync(link)).ShouldContain("SKY-4021");
        (await demo.StatusAsync(link.Replace("?as=demo%3Aacc-19c0de", "", StringComparison.Ordinal))).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_person_that_nobody_knows_is_refused_with_one_sentence() =>
        (await demo.AskAsync("what does SKY-4021 mean", "demo:nobody")).ShouldContain("This person is not known; reload the page and choose again.");

    [Fact]
    public async Task A_restricted_fact_looks_like_a_question_about_nothing()
    {
        const string restricted = "how much is the offer for the Lofthaven barrage";
        const string nothing = "what is the capital of Mongolia";

        var first = await demo.AskFirstAsync(restricted, WorkerOfAnotherTeam);
        var second = await demo.AskFirstAsync(nothing, WorkerOfAnotherTeam);

        first.ShouldContain("I looked through");
        first.ShouldNotContain("Nightjar");
        Anonymous(first, restricted).ShouldBe(Anonymous(second, nothing));
    }

    [Fact]
    public async Task A_restricted_page_looks_like_one_that_does_not_exist()
    {
        const string restricted = "demo:page:1020";
        var address = $"?as={Uri.EscapeDataString(WorkerOfAnotherTeam)}";

        using var first = await demo.Http.GetAsync(new Uri($"/documents/{Uri.EscapeDataString(restricted)}{address}", UriKind.Relative), TestContext.Current.CancellationToken);
        using var second = await demo.Http.GetAsync(new Uri($"/documents/demo%3Apage%3A999999{address}", UriKind.Relative), TestContext.Current.CancellationToken);

        (first.StatusCode, second.StatusCode).ShouldBe((HttpStatusCode.NotFound, HttpStatusCode.NotFound));
        (await first.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe(await second.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task No_question_and_no_answer_stands_in_the_log_and_every_choice_does()
    {
        await demo.AskAsync("what does SKY-4021 mean", WorkerOfAnotherTeam);

        // The log is written beside the answer.
        await EngineHost.UntilAsync(() => demo.Server.Error.Contains("ended Grounded", StringComparison.Ordinal));
        demo.Server.Error.ShouldContain($"Audit: the page acts as {WorkerOfAnotherTeam}");
        demo.Server.Error.ShouldNotContain("SKY-4021");
        demo.Server.Error.ShouldNotContain("certificate");
    }

    [Fact]
    public async Task A_conversation_shows_what_this_browser_and_this_person_asked_before_and_nobody_else()
    {
        using var browser = new HttpClient { BaseAddress = demo.Http.BaseAddress };
        const string question = "how long until a vpn session ends";
        (await PageForm.AskAsync(browser, question, WorkerOfAnotherTeam)).ShouldNotContain("Asked before");

        var next = await PageForm.AskAsync(browser, "where do I order toner", WorkerOfAnotherTeam);
        next.ShouldContain($"href=\"/?question={Uri.EscapeDataString(question)}\"");
        (await browser.GetStringAsync(new Uri($"/?question={Uri.EscapeDataString(question)}", UriKind.Relative), TestContext.Current.CancellationToken)).ShouldContain($"{question}</textarea>");

        (await PageForm.AskAsync(browser, "where do I order toner", "demo:acc-0b5a8d")).ShouldNotContain(question);
        (await demo.AskFirstAsync("where do I order toner", WorkerOfAnotherTeam)).ShouldNotContain(question);
    }

    private static string Anonymous(string page, string question) => Variable().Replace(page.Replace(question, "", StringComparison.Ordinal), "");

    [GeneratedRegex("class=\"title\" href=\"([^\"]+)\"")]
    private static partial Regex SourceLink();

    /// <summary>Trace id, form token and the nearest page, which is one that the asker may read (HiddenDocumentsTests).</summary>
    [GeneratedRegex("<p class=\"related\">.*?</p>\\s*|<code>[0-9a-f]{32}</code>|name=\"__RequestVerificationToken\" value=\"[^\"]+\"")]
    private static partial Regex Variable();
}
