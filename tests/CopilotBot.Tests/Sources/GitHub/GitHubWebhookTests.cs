using System.Text.Json;
using CopilotBot.Sources.GitHub;

namespace CopilotBot.Tests.Sources.GitHub;

public sealed class GitHubWebhookTests
{
    [Theory]
    [InlineData("""{"action":"edited","issue":{"id":7,"number":1},"repository":{"id":21}}""", "7", false)]
    [InlineData("""{"action":"deleted","issue":{"id":7},"comment":{"id":3}}""", "7", false)]
    [InlineData("""{"action":"transferred","issue":{"id":7},"changes":{"new_issue":{"id":9}}}""", "7,9", false)]
    [InlineData("""{"action":"created","issue":{"id":7,"pull_request":{}},"comment":{"id":3}}""", "", false)]
    [InlineData("""{"action":"removed","member":{"id":8},"repository":{"id":21}}""", "", true)]
    [InlineData("""{"action":"removed_from_repository","team":{"id":5},"repository":{"id":21}}""", "", true)]
    [InlineData("""{"action":"privatized","repository":{"id":21}}""", "", true)]
    [InlineData("""{"ref":"refs/heads/main","commits":[],"repository":{"id":21}}""", "", false)]
    [InlineData("""{"action":"edited","issue":{"id":"7:../x"}}""", "", false)]
    [InlineData("[]", "", false)]
    public void A_body_names_issues_to_read_again_or_the_directory(string body, string issues, bool isDirectory)
    {
        using var json = JsonDocument.Parse(body);
        var hint = GitHubWebhook.Parse(GitHubBench.Name, json.RootElement);
        hint.Items.Select(item => item.Value).ShouldBe(issues.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(id => $"desk:issue:{id}"));
        hint.DirectoryChanged.ShouldBe(isDirectory);
    }
}
