using System.Text.Json;
using CopilotBot.Knowledge;
using CopilotBot.Sources.Confluence;

namespace CopilotBot.Tests.Sources.Confluence;

public sealed class ConfluenceWebhookTests
{
    [Theory]
    [InlineData("""{"event":"avi:confluence:updated:page","type":"page","id":"101"}""", "wiki:page:101", false)]
    [InlineData("""{"event":"avi:confluence:updated:blogpost","type":"blogpost","id":"9"}""", "wiki:blogpost:9", false)]
    [InlineData("""{"event":"avi:confluence:permissions_updated:space:V2","type":"space","id":"3"}""", "", true)]
    [InlineData("""{"event":"page_updated","page":{"id":101}}""", "wiki:page:101", false)]
    [InlineData("""{"event":"blog_created","blog":{"id":9}}""", "wiki:blogpost:9", false)]
    [InlineData("""{"event":"content_permissions_updated","content":{"id":"101","contentType":"page"}}""", "wiki:page:101", false)]
    [InlineData("""{"event":"comment_created","comment":{"id":5,"page":{"id":101}}}""", "wiki:page:101", false)]
    [InlineData("""{"event":"attachment_removed","attachments":[{"id":7,"container":{"id":101,"contentType":"page"}}]}""", "wiki:page:101", false)]
    [InlineData("""{"event":"group_updated","group":{"name":"leads"}}""", "", true)]
    [InlineData("""{"event":"user_deactivated"}""", "", true)]
    [InlineData("""{"event":"space_permissions_updated"}""", "", true)]
    [InlineData("""{"something":"else"}""", "", false)]
    [InlineData("[1]", "", false)]
    public void A_webhook_names_what_to_read_again(string body, string item, bool isAboutDirectory)
    {
        var hint = ConfluenceWebhook.Read(ConfluenceBench.Name, JsonDocument.Parse(body).RootElement);

        hint.Items.ShouldBe(item.Length == 0 ? [] : [new DocumentId(item)]);
        hint.DirectoryChanged.ShouldBe(isAboutDirectory);
    }
}
