using CopilotBot.Knowledge;
using CopilotBot.Sources;
using CopilotBot.Sources.Jira;

namespace CopilotBot.Tests.Sources.Jira;

public sealed class JiraSourceTests
{
    private const string Issue = """
        {"id":"ID","key":"OPS-ID","fields":{"summary":"Pump stops","updated":"2026-11-02T10:00:00.000+0000","project":{"id":"10"},"description":"It stops.",
        "resolutiondate":"2026-11-03T10:00:00.000+0000","resolution":{"name":"Done"},"reporter":{"accountId":"ada","key":"ada"},"security":SECURITY,
        "issuelinks":[{"type":{"outward":"blocks"},"outwardIssue":{"key":"OPS-9"}}],
        "attachment":[{"id":"70","filename":"log.txt","mimeType":"text/plain","size":4,"created":"2026-10-01T10:00:00.000+0000","content":"https://halvorne.example/secure/70"}],
        "comment":{"total":2,"comments":[{"id":"1","body":"Everybody reads this.","author":{"displayName":"Ada"},"created":"2026-11-02T09:00:00.000+0000","jsdPublic":true},
        {"id":"2","body":"Only some do.","author":{"displayName":"Ada"},"created":"2026-11-02T09:00:00.000+0000","jsdPublic":NOTE}]}}}
        """;

    public static TheoryData<SourceEdition> Editions { get; } = [SourceEdition.Cloud, SourceEdition.DataCenter];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Editions))]
    public async Task An_issue_comes_with_its_open_comments_links_resolution_and_attachments(SourceEdition edition)
    {
        using var source = Site(edition).ToSource("OPS");
        var found = (await ReadAsync(source, "1")).ShouldHaveSingleItem().ShouldBeOfType<ItemReading.Found>();
        found.Documents.Select(document => document.Id.Value).ShouldBe(["tickets:issue:1", "tickets:issue:1#attachment:70"]);
        found.Documents[0].Body.Text.ShouldContain("Resolved on: 2026-11-03; Links: blocks OPS-9");
        found.Documents[0].Body.Text.ShouldContain("Everybody reads this.");
        found.Documents[0].Layers.ShouldBe([new LayerId("tickets:project:10")]);
        found.Documents[1].Layers.ShouldBe(found.Documents[0].Layers);
        found.Version.ShouldBe("1793613600000");
    }

    [Theory]
    [MemberData(nameof(Editions))]
    public async Task What_is_internal_in_a_service_project_has_the_agents_for_readers(SourceEdition edition)
    {
        var site = Site(edition, service: true, note: "false")
            .On("/project/10/role", """{"Service Desk Team":"https://halvorne.example/role/55"}""")
            .On("/project/10/role/55", """{"actors":[{"type":"atlassian-user-role-actor","name":"bo","actorUser":{"accountId":"bo"}}]}""");
        using var source = site.ToSource("OPS");
        var found = (await ReadAsync(source, "1")).ShouldHaveSingleItem().ShouldBeOfType<ItemReading.Found>();
        found.Documents[0].Body.Text.ShouldNotContain("Only some do.");
        foreach (var part in found.Documents.Skip(1))
        {
            part.Layers.ShouldContain(new LayerId("tickets:comment:10:internal"));
        }

        found.Documents.Count.ShouldBe(3);
        Principals(found.Layers, "tickets:comment:10:internal").ShouldBe(["user:tickets:bo"]);
    }

    [Theory]
    [MemberData(nameof(Editions))]
    public async Task Who_reads_by_being_the_reporter_reads_that_issue_only_and_no_longer_than_the_scheme_says_so(SourceEdition edition)
    {
        var site = Site(edition).On("/project/10/permissionscheme", Scheme("""{"type":"group","parameter":"staff","value":"staff"}""", """{"type":"reporter"}"""));
        using var source = site.ToSource("OPS");
        var found = (await ReadAsync(source, "1")).ShouldHaveSingleItem().ShouldBeOfType<ItemReading.Found>();
        var layer = found.Documents[0].Layers.ShouldHaveSingleItem();
        Principals(found.Layers, layer.Value).ShouldBe(["group:tickets:staff", "user:tickets:ada"]);
        var request = new AccessRequest(AccessDepth.Directory, [], new HashSet<LayerId> { layer });
        var before = await source.ReadAccessAsync(request, Stop);
        Principals(before.Layers, layer.Value).ShouldContain("user:tickets:ada");
        Principals(before.Layers, "tickets:project:10").ShouldBe(["group:tickets:staff"]);
        before.ScopesToRead.ShouldBeEmpty();
        before.People.Single().Principals.ShouldContain(new Principal("group:tickets:staff"));
        site.On("/project/10/permissionscheme", Scheme("""{"type":"group","parameter":"staff","value":"staff"}"""));
        var after = await source.ReadAccessAsync(request, Stop);
        Principals(after.Layers, layer.Value).ShouldBe(["group:tickets:staff"]);
        after.ScopesToRead.ShouldBe(["10"]);
    }

    [Theory]
    [MemberData(nameof(Editions))]
    public async Task An_unknown_security_level_and_an_unreadable_scheme_let_nobody_in(SourceEdition edition)
    {
        var site = Site(edition, security: """{"id":"99"}""").On("/project/10/permissionscheme", "{}", 403);
        using var source = site.ToSource("OPS");
        var found = (await ReadAsync(source, "1")).ShouldHaveSingleItem().ShouldBeOfType<ItemReading.Found>();
        found.Documents[0].Layers.ShouldBe([new LayerId("tickets:project:10"), new LayerId("tickets:level:10:99")]);
        found.Layers.SelectMany(layer => layer.Principals).ShouldBeEmpty();
        (await source.GetScopesAsync(Stop)).ShouldHaveSingleItem().Problem.ShouldNotBeNull().ShouldContain("Administer Projects");
    }

    [Theory]
    [MemberData(nameof(Editions))]
    public async Task One_issue_that_cannot_be_given_fails_alone_and_what_is_gone_is_told_apart(SourceEdition edition)
    {
        using var source = Site(edition).ToSource("OPS");
        var readings = await ReadAsync(source, "1", "2", "666", "404");
        readings.Where(reading => reading is ItemReading.Found).Select(reading => reading.Item.Value).ShouldBe(["tickets:issue:1", "tickets:issue:2"]);
        readings.OfType<ItemReading.Failed>().ShouldHaveSingleItem().Item.Value.ShouldBe("tickets:issue:666");
        readings.OfType<ItemReading.Gone>().ShouldHaveSingleItem().Reason.ShouldBe(GoneReason.NotFound);
    }

    [Fact]
    public async Task A_search_that_names_the_same_next_page_twice_is_broken_off()
    {
        using var source = Site(SourceEdition.Cloud).On("/search/jql", """{"issues":[],"nextPageToken":"same"}""").ToSource("OPS");
        (await Should.ThrowAsync<SourceException>(async () => await source.ListAsync(new SourceScope("10", "OPS", "Operations"), Stop).ToListAsync(Stop))).Message.ShouldContain("twice");
    }

    [Fact]
    public async Task The_time_of_a_change_is_asked_for_in_milliseconds_without_an_upper_bound()
    {
        var site = Site(SourceEdition.Cloud).On("/search/jql", """{"issues":[{"id":"1","fields":{"updated":"2026-11-02T10:00:00.000+0000","project":{"id":"10"}}}]}""");
        using var source = site.ToSource("OPS");
        var item = (await source.GetChangedAsync(DateTimeOffset.FromUnixTimeMilliseconds(1793613600000), Stop).ToListAsync(Stop)).ShouldHaveSingleItem();
        item.ShouldBe(new ListedItem(new DocumentId("tickets:issue:1"), "10", "1793613600000", DateTimeOffset.FromUnixTimeMilliseconds(1793613600000)));
        site.Calls[^1].Replace("\\u003E", ">", StringComparison.Ordinal).ShouldContain("project in (10) AND updated >= 1793613600000 ORDER BY updated ASC, id ASC");
    }

    [Fact]
    public async Task The_site_is_asked_itself_and_parts_ask_for_their_issue()
    {
        using var source = Site(SourceEdition.Cloud).On("/permissions/check", """{"projectPermissions":[{"permission":"BROWSE_PROJECTS","issues":[1],"projects":[]}]}""").ToSource("OPS");
        var may = await source.MayReadAsync("ada", [new DocumentId("tickets:issue:1#comment:2"), new DocumentId("tickets:issue:2")], Stop);
        may.ShouldBe(new Dictionary<DocumentId, bool> { [new DocumentId("tickets:issue:1#comment:2")] = true, [new DocumentId("tickets:issue:2")] = false });
    }

    private static ScriptedJira Site(SourceEdition edition, bool service = false, string note = "true", string security = "null")
    {
        var project = $$"""{"id":"10","key":"OPS","name":"Operations","projectTypeKey":"{{(service ? "service_desk" : "software")}}"}""";
        string One(string id) => Issue.Replace("ID", id, StringComparison.Ordinal).Replace("SECURITY", security, StringComparison.Ordinal).Replace("NOTE", note, StringComparison.Ordinal);
        (int, string) Some(string asked) => asked.Contains("666", StringComparison.Ordinal) ? (400, "{}")
            : (200, $$"""{"issues":[{{string.Join(',', new[] { "1", "2" }.Where(id => asked.Contains($"\"{id}\"", StringComparison.Ordinal) || asked.Contains($"in ({id}", StringComparison.Ordinal) || asked.Contains($",{id}", StringComparison.Ordinal)).Select(One))}}]}""");
        return new ScriptedJira(edition)
            .On("/project/search", $$"""{"total":1,"values":[{{project}}]}""").On("/project?", $"[{project}]")
            .On("/project/10/permissionscheme", Scheme("""{"type":"applicationRole"}"""))
            .On("/users/search?startAt=0", """[{"accountId":"ada","accountType":"atlassian","displayName":"Ada"}]""").On("/users/search", "[]")
            .On("/user/search?username=.&includeInactive=false&startAt=0", """[{"key":"ada","name":"ada","displayName":"Ada"}]""").On("/user/search", "[]")
            .On("/group/member", """{"total":1,"values":[{"accountId":"ada","key":"ada"}]}""")
            .On("/issue/bulkfetch", Some).On("/search?", Some)
            .On("/issue/1?", One("1")).On("/issue/2?", One("2")).On("/issue/666", "{}", 400)
            .On("/attachment/content/70", "text").On("/secure/70", "text");
    }

    private static string Scheme(params string[] holders) => $$"""{"id":1,"permissions":[{{string.Join(',', holders.Select(holder => $$"""{"permission":"BROWSE_PROJECTS","holder":{{holder}}}"""))}}]}""";

    private static ValueTask<List<ItemReading>> ReadAsync(JiraSource source, params string[] ids) =>
        source.ReadAsync([.. ids.Select(id => DocumentId.Create(ScriptedJira.Name, "issue", id))], Stop).ToListAsync(Stop);

    private static IEnumerable<string> Principals(IEnumerable<AccessLayer> layers, string id) => layers.Single(layer => layer.Id.Value == id).Principals.Select(principal => principal.Value);
}
