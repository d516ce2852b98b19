using CopilotBot.FakeConfluence;

namespace CopilotBot.Tests.FakeConfluence;

/// <summary>What the fake answers has the shape of the official documents, so that it cannot drift from them.</summary>
public sealed class AnswerShapeTests
{
    [Theory]
    [InlineData("/spaces", "/spaces")]
    [InlineData("/spaces/{id}", "/spaces/1")]
    [InlineData("/spaces/{id}/permissions", "/spaces/1/permissions")]
    [InlineData("/spaces/{id}/role-assignments", "/spaces/1/role-assignments")]
    [InlineData("/space-role-mode", "/space-role-mode")]
    [InlineData("/space-roles", "/space-roles?space-id=1")]
    [InlineData("/pages", "/pages?body-format=storage&limit=1")]
    [InlineData("/spaces/{id}/pages", "/spaces/1/pages?sort=-modified-date")]
    [InlineData("/blogposts", "/blogposts")]
    [InlineData("/spaces/{id}/blogposts", "/spaces/1/blogposts?body-format=storage")]
    [InlineData("/pages/{id}", "/pages/101?body-format=storage")]
    [InlineData("/blogposts/{id}", "/blogposts/901")]
    [InlineData("/pages/{id}/ancestors", "/pages/102/ancestors")]
    [InlineData("/folders/{id}", "/folders/902")]
    [InlineData("/pages/{id}/footer-comments", "/pages/101/footer-comments?body-format=storage")]
    [InlineData("/pages/{id}/inline-comments", "/pages/101/inline-comments?body-format=storage")]
    [InlineData("/blogposts/{id}/footer-comments", "/blogposts/901/footer-comments?body-format=storage")]
    [InlineData("/footer-comments", "/footer-comments?sort=-modified-date")]
    [InlineData("/inline-comments", "/inline-comments?sort=-modified-date")]
    [InlineData("/attachments", "/attachments?sort=-modified-date")]
    [InlineData("/pages/{id}/attachments", "/pages/101/attachments")]
    [InlineData("/pages/{id}/labels", "/pages/101/labels")]
    public async Task Answers_of_v2_have_the_official_shape(string path, string call)
    {
        var document = new ConfluenceOpenApi("v2");
        await using var fake = await FilledAsync();

        var answer = await fake.GetAsync($"/wiki/api/v2{call}");

        document.Faults(path, "get", answer).ShouldBeEmpty();
        fake.Site.Violations.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/wiki/rest/api/content/search", "/content/search?cql=type%20in%20(page,blogpost)&expand=restrictions.read.restrictions.user,restrictions.read.restrictions.group,version,space,body.storage,metadata.labels,childTypes.all")]
    [InlineData("/wiki/rest/api/content/{id}/restriction/byOperation/{operationKey}", "/content/101/restriction/byOperation/read?expand=restrictions.user,restrictions.group")]
    [InlineData("/wiki/rest/api/group", "/group")]
    [InlineData("/wiki/rest/api/group/by-id", "/group/by-id?id=g")]
    [InlineData("/wiki/rest/api/group/{groupId}/membersByGroupId", "/group/g/membersByGroupId")]
    [InlineData("/wiki/rest/api/search/user", "/search/user?cql=type%3Duser&sitePermissionTypeFilter=all")]
    [InlineData("/wiki/rest/api/user/current", "/user/current")]
    [InlineData("/wiki/rest/api/user/bulk", "/user/bulk?accountId=ada&accountId=ben")]
    public async Task Answers_of_v1_have_the_official_shape(string path, string call)
    {
        var document = new ConfluenceOpenApi("v1");
        await using var fake = await FilledAsync();

        var answer = await fake.GetAsync($"/wiki/rest/api{call}");

        document.Faults(path, "get", answer).ShouldBeEmpty();
        fake.Site.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_permission_check_has_the_official_shape_and_the_evaluators_word()
    {
        var document = new ConfluenceOpenApi("v1");
        await using var fake = await FilledAsync();

        var ada = await fake.PostAsync("/wiki/rest/api/content/101/permission/check", """{"subject":{"type":"user","identifier":"ada"},"operation":"read"}""");
        var ben = await fake.PostAsync("/wiki/rest/api/content/101/permission/check", """{"subject":{"type":"user","identifier":"ben"},"operation":"read"}""");

        document.Faults("/wiki/rest/api/content/{id}/permission/check", "post", ada).ShouldBeEmpty();
        (ada["hasPermission"]!.GetValue<bool>(), ben["hasPermission"]!.GetValue<bool>()).ShouldBe((true, false));
    }

    private static async Task<FakeSite> FilledAsync()
    {
        var fake = await FakeSite.StartAsync();
        fake.AddPages(3);
        fake.Site.AddPage("901", "1", null, "News", "<p>n</p>", PageKind.BlogPost);
        fake.Site.AddPage("902", "1", null, "Folder", "", PageKind.Folder);
        fake.Site.MovePage("102", "902");
        fake.Site.AddGroup("g", "leads");
        fake.Site.AddMember("g", "ada");
        fake.Site.Grant("1", new SpaceReader.Group("g"));
        fake.Site.SetRestriction("101", ["ada", "gone"], ["g"]);
        fake.Site.AddLabel("101", "vpn");
        fake.Site.AddComment("101", "<p>a</p>", "ada");
        fake.Site.AddComment("101", "<p>b</p>", "ada", isInline: true);
        fake.Site.AddComment("901", "<p>c</p>", "ada");
        fake.Site.AddAttachment("101", "plan.txt", "text/plain", [1, 2, 3]);
        return fake;
    }
}
