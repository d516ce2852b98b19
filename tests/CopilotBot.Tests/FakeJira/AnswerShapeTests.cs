using System.Text.Json.Nodes;
using CopilotBot.FakeJira;
using CopilotBot.Tests.Support;
using CopilotBot.Tests.Tickets;

namespace CopilotBot.Tests.FakeJira;

/// <summary>What the fake answers has the shapes of Atlassian's OpenAPI document, so that the client is not tried on something that Jira never says.</summary>
public sealed class AnswerShapeTests
{
    [Fact]
    public async Task Answers_have_the_shapes_of_the_official_document()
    {
        JiraOpenApi.SkipUnlessHere();
        await using var bench = await TicketBench.StartAsync();
        bench.Site.AddUser("Alba Quintero", "alba.quintero@halvorne.example");
        var draft = await bench.DraftAsync(TicketBench.Value("summary", "VPN drops"), TicketBench.Value("assignee", "Alba Quintero")) with { IdempotencyKey = "k" };
        await bench.Tracker.WriteAsync(draft, TestContext.Current.CancellationToken);
        await bench.Tracker.FindAsync(draft, TestContext.Current.CancellationToken);
        var update = bench.Update("VPN-1", "Still drops.", "Done") with { IdempotencyKey = "u" };
        await bench.Tracker.WriteAsync(update, TestContext.Current.CancellationToken);
        await bench.Tracker.FindAsync(update, TestContext.Current.CancellationToken);
        bench.Site.Refuse("summary", "No.");
        await bench.Tracker.WriteAsync(draft, TestContext.Current.CancellationToken);
        var official = new JiraOpenApi();

        var answers = bench.Site.Calls.Where(call => call.Answer is not null).SelectMany(Shapes).ToList();

        answers.SelectMany(answer => official.Faults(answer.Shape, answer.Body).Select(fault => $"{answer.Shape}: {fault}")).ShouldBeEmpty();
        answers.Select(answer => answer.Shape).Distinct().ShouldBe(
            ["Project", "PageOfCreateMetaIssueTypes", "PageOfCreateMetaIssueTypeWithField", "User", "CreatedIssue", "SearchAndReconcileResults", "PageOfComments", "Comment", "IssueBean", "Transitions", "PageBeanComment", "ErrorCollection"],
            ignoreOrder: true);
    }

    [Fact]
    public void The_official_document_finds_faults()
    {
        JiraOpenApi.SkipUnlessHere();
        var official = new JiraOpenApi();

        official.Faults("CreatedIssue", new JsonObject { ["id"] = 10000 }).ShouldNotBeEmpty();
        official.Faults("CreatedIssue", new JsonObject { ["number"] = "10000" }).ShouldNotBeEmpty();
        official.Faults("PageOfCreateMetaIssueTypeWithField", new JsonObject { ["fields"] = new JsonArray(new JsonObject { ["fieldId"] = "summary" }) }).ShouldNotBeEmpty();
    }

    /// <summary>What the fake is asked with has them as well.</summary>
    [Fact]
    public async Task Requests_have_the_shapes_of_the_official_document()
    {
        JiraOpenApi.SkipUnlessHere();
        await using var bench = await TicketBench.StartAsync();
        var draft = await bench.DraftAsync() with { IdempotencyKey = "k" };
        await bench.Tracker.WriteAsync(draft, TestContext.Current.CancellationToken);
        await bench.Tracker.FindAsync(draft, TestContext.Current.CancellationToken);
        var update = bench.Update("VPN-1", "Still drops.", "Done") with { IdempotencyKey = "u" };
        await bench.Tracker.WriteAsync(update, TestContext.Current.CancellationToken);
        await bench.Tracker.FindAsync(update, TestContext.Current.CancellationToken);
        var official = new JiraOpenApi();

        var requests = bench.Site.Calls.Where(call => call.Method == "POST").Select(call => (Shape: RequestOf(call.Call), Body: JsonNode.Parse(call.Body)!)).ToList(); // the fake refuses others

        requests.SelectMany(request => official.Faults(request.Shape, request.Body).Select(fault => $"{request.Shape}: {fault}")).ShouldBeEmpty();
        requests.Select(request => request.Shape).Distinct().Count().ShouldBe(4);
    }

    private static IEnumerable<(string Shape, JsonNode Body)> Shapes(CallSeen call) => call is { Call: JiraCall.FindAssignable, Answer: JsonArray people }
        ? people.Select(person => ("User", person!)) // the fake lists people
        : [(call.Status >= 400 ? "ErrorCollection" : ShapeOf(call.Call), call.Answer!)]; // filtered

    private static string ShapeOf(JiraCall call) => call switch
    {
        JiraCall.GetProject => "Project",
        JiraCall.GetTypes => "PageOfCreateMetaIssueTypes",
        JiraCall.GetFields => "PageOfCreateMetaIssueTypeWithField",
        JiraCall.Create => "CreatedIssue",
        JiraCall.GetIssue => "IssueBean",
        JiraCall.Search => "SearchAndReconcileResults",
        JiraCall.GetComments => "PageOfComments",
        JiraCall.AddComment => "Comment",
        JiraCall.ListComments => "PageBeanComment",
        JiraCall.GetTransitions => "Transitions",
        _ => throw new ArgumentOutOfRangeException(nameof(call), call, "It has no answer."),
    };

    private static string RequestOf(JiraCall call) => call switch
    {
        JiraCall.Create or JiraCall.Transition => "IssueUpdateDetails",
        JiraCall.Search => "SearchAndReconcileRequestBean",
        JiraCall.AddComment => "Comment",
        JiraCall.ListComments => "IssueCommentListRequestBean",
        _ => throw new ArgumentOutOfRangeException(nameof(call), call, "It has no body."),
    };
}
