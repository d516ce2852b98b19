using System.Text.Json.Nodes;
using CopilotBot.FakeJiraReading;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Sources.Jira;

/// <summary>What the fake answers, and what it is asked with, has the shapes of Atlassian's OpenAPI document, so that the source is not tried on something that Jira never says.</summary>
public sealed class JiraAnswerShapeTests
{
    /// <summary>End of the path, shape of the answer, and shape of the body where there is one.</summary>
    private static readonly (string End, string Answer, string? Body)[] Shapes =
    [
        ("/project/search", "PageBeanProject", null), ("/permissionscheme", "PermissionScheme", null), ("/permission", "PermissionGrants", null), ("/level/member", "PageBeanSecurityLevelMember", null),
        ("/applicationrole/jira-software", "ApplicationRole", null), ("/group/member", "PageBeanUserDetails", null), ("/bulkfetch", "BulkIssueResults", "BulkFetchIssueRequestBean"),
        ("/search/jql", "SearchAndReconcileResults", "SearchAndReconcileRequestBean"), ("/permissions/check", "BulkPermissionGrants", "BulkPermissionsRequestBean"),
        ("/serverInfo", "ServerInformation", null), ("/myself", "User", null), ("/role/10002", "ProjectRole", null),
    ];

    [Fact]
    public async Task Answers_and_requests_have_the_shapes_of_the_official_document()
    {
        JiraOpenApi.SkipUnlessHere();
        var official = new JiraOpenApi();
        await using var bench = await JiraBench.StartAsync();
        bench.Site.KeepsAnswers = true;
        var world = new RandomJira(bench.Site, 1);
        bench.Site.SetBrowsers("2", new JiraHolder("applicationRole", "jira-software"), new JiraHolder("projectRole", "10002"));
        await bench.Source.CheckAsync(TestContext.Current.CancellationToken);
        await bench.PollAsync();
        bench.Site.HasBareSchemes = true;
        await bench.PollAsync();
        world.Issues.ShouldNotBeEmpty();

        var seen = bench.Site.Calls.Where(call => call is { Status: 200, Answer: not null }).SelectMany(call => Shapes.Where(shape => call.Path.EndsWith(shape.End, StringComparison.Ordinal)).Select(shape => (call, shape))).ToList();

        seen.SelectMany(one => official.Faults(one.shape.Answer, one.call.Answer!).Select(fault => $"{one.shape.Answer}: {fault}")).Distinct().ShouldBeEmpty(); // filtered
        seen.Where(one => one.shape.Body is not null).SelectMany(one => official.Faults(one.shape.Body!, JsonNode.Parse(one.call.Body)!).Select(fault => $"{one.shape.Body}: {fault}")).Distinct().ShouldBeEmpty(); // filtered
        seen.Select(one => one.shape.End).Distinct().ShouldBe(Shapes.Select(shape => shape.End), ignoreOrder: true);
    }
}
