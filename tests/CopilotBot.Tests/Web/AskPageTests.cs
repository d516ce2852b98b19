using System.Net;
using System.Text.RegularExpressions;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Web;

public sealed partial class AskPageTests(ServedHandbook served) : IClassFixture<ServedHandbook>
{
    [Fact]
    public async Task A_question_is_answered_with_sources_that_open_the_page_at_the_heading()
    {
        var answer = await AskAsync("What does VPN-4021 mean?");

        answer.ShouldContain("href=\"#source-1\"");
        var link = SourceLink().Match(answer).Groups[1].Value;
        link.ShouldStartWith("/documents/handbook%3Afile%3A");
        link.ShouldEndWith("#error-codes");
        var page = await served.GetAsync(link);
        page.ShouldContain("<h3 id=\"error-codes\">Error codes</h3>");
        page.ShouldContain("<td>VPN-4021</td>");
    }

    [Fact]
    public async Task With_a_source_of_ones_own_nobody_can_choose_who_they_are()
    {
        (await served.GetAsync("/")).ShouldNotContain("<select");
        (await AskAsync("What does VPN-4021 mean?", ("Form.Person", "handbook:somebody"))).ShouldContain("certificate");
        (await served.GetAsync("/documents/handbook%3Afile%3Avpn.md?as=handbook%3Asomebody")).ShouldContain("Remote access");
    }

    [Fact]
    public async Task A_document_that_does_not_exist_is_not_found()
    {
        using var response = await served.Http.GetAsync(new Uri("/documents/handbook%3Afile%3Anothing.md", UriKind.Relative), TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("There is no such document, or it is not yours to read.");
    }

    [Fact]
    public async Task Markup_in_a_question_is_shown_and_not_run()
    {
        var page = await AskAsync("</textarea><script>alert(1)</script>");

        page.ShouldNotContain("<script>alert");
        page.ShouldContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    }

    [Theory]
    [InlineData(" ", "The question is empty; type what you want to know.")]
    [InlineData("2001", "The question has 2001 characters; shorten it to at most 2000.")]
    public async Task A_question_that_cannot_be_asked_is_answered_with_one_sentence(string question, string sentence)
    {
        (await AskAsync(question == "2001" ? new string('x', 2001) : question)).ShouldContain(sentence);
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        using var form = new FormUrlEncodedContent([new("_handler", "ask"), new("Form.Question", "x")]);
        using var response = await served.Http.PostAsync(new Uri("/", UriKind.Relative), form, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Another_host_name_is_refused_whatever_address_it_came_by()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = "rebind.example" } };
        using var response = await served.Http.SendAsync(request, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Every_page_forbids_what_is_inline_or_from_elsewhere_and_needs_neither()
    {
        using var response = await served.Http.GetAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);

        var policy = response.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();
        policy.ShouldStartWith("default-src 'none';");
        policy.ShouldNotContain("unsafe");
        var page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        InlineCode().IsMatch(page).ShouldBeFalse();
        var assets = Asset().Matches(page).Select(match => match.Groups[1].Value).ToList();
        assets.Count.ShouldBe(3);
        foreach (var asset in assets)
        {
            (await served.GetAsync(asset)).ShouldNotBeEmpty();
        }
    }

    private async Task<string> AskAsync(string question, params (string Name, string Value)[] more)
    {
        var token = Token().Match(await served.GetAsync("/")).Groups[1].Value;
        using var form = new FormUrlEncodedContent(
            [new("__RequestVerificationToken", token), new("_handler", "ask"), new("Form.Question", question), .. more.Select(field => KeyValuePair.Create(field.Name, field.Value))]);
        using var response = await served.Http.PostAsync(new Uri("/", UriKind.Relative), form, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("class=\"title\" href=\"([^\"]+)\"")]
    private static partial Regex SourceLink();

    [GeneratedRegex("<script>|<style|style=\"|\\son[a-z]+=\"")]
    private static partial Regex InlineCode();

    [GeneratedRegex("<(?:link|script)[^>]* (?:href|src)=\"([^\"]+)\"")]
    private static partial Regex Asset();
}
