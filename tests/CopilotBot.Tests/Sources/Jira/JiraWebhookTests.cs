using System.Text.Json;
using CopilotBot.Knowledge;
using CopilotBot.Sources.Jira;

namespace CopilotBot.Tests.Sources.Jira;

public sealed class JiraWebhookTests
{
    [Theory]
    [InlineData("""{"webhookEvent":"jira:issue_deleted","issue":{"id":"7"}}""", "7", false)]
    [InlineData("""{"webhookEvent":"comment_created","comment":{"id":"1"},"issue":{"id":"7","key":"OPS-7"}}""", "7", false)]
    [InlineData("""{"webhookEvent":"issuelink_created","issueLink":{"sourceIssueId":7,"destinationIssueId":8}}""", "7,8", false)]
    [InlineData("""{"webhookEvent":"project_updated","project":{"id":10}}""", "", true)]
    [InlineData("""{"webhookEvent":"user_deleted"}""", "", true)]
    [InlineData("""{"webhookEvent":"sprint_started"}""", "", false)]
    [InlineData("[]", "", false)]
    public void A_body_names_issues_to_read_again_or_the_directory(string body, string issues, bool isDirectory)
    {
        using var json = JsonDocument.Parse(body);
        var hint = JiraWebhook.Parse(new SourceName("tickets"), json.RootElement);
        hint.Items.Select(item => item.Value).ShouldBe(issues.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(id => $"tickets:issue:{id}"));
        hint.DirectoryChanged.ShouldBe(isDirectory);
    }
}
