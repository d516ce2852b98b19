using CopilotBot.Channels;
using CopilotBot.Channels.Teams.Connector;
using CopilotBot.FakeIdentity;
using CopilotBot.Tests.Channels.Teams.Auth;

namespace CopilotBot.Tests.Channels.Teams.Connector;

public sealed class ReadTests : IDisposable
{
    private const string Base = "https://smba.trafficmanager.net/emea/v3/conversations";

    private readonly TokenEndpoint _tokens = new(TeamsHost.AppId, TeamsHost.Secret);

    public void Dispose() => _tokens.Dispose();

    [Fact]
    public async Task Members_come_page_by_page_until_the_end()
    {
        using var connector = new ConnectorStub(
            ConnectorStub.Reply(200, """{"continuationToken":"a/b=","members":[{"id":"29:1","aadObjectId":"o1","name":"N","email":"e@x","userPrincipalName":"u@x","tenantId":"t","userRole":"user"}]}"""),
            ConnectorStub.Reply(200, """{"members":[{"id":"29:2","objectId":"o2","role":"guest","email":""},{}]}"""));
        using var host = TeamsHost.Signed(tokens: _tokens, connector: connector);

        var answer = await host.Connector.GetMembersAsync(TeamsHost.ServiceUrl, "19:a", 500, TestContext.Current.CancellationToken);

        answer.Result.Status.ShouldBe(SendStatus.Done);
        answer.Value!.IsComplete.ShouldBeTrue();
        answer.Value.Members.ShouldBe(
        [
            new Member("29:1", "o1", "N", "e@x", "u@x", "t", "user"),
            new Member("29:2", "o2", null, null, null, null, "guest"),
            new Member("", null, null, null, null, null, null),
        ]);
        connector.Requests.Select(request => request.Address).ShouldBe(
            [$"{Base}/19%3Aa/pagedmembers?pageSize=500", $"{Base}/19%3Aa/pagedmembers?pageSize=500&continuationToken=a%2Fb%3D"]);
    }

    [Theory]
    [InlineData("""{"members":[{"id":"1"},{"id":"2"}]}""", 2, true, 1)]
    [InlineData("""{"members":[{"id":"1"},{"id":"2"},{"id":"3"}]}""", 2, false, 1)]
    [InlineData("""{"continuationToken":"x","members":[{"id":"1"},{"id":"2"},{"id":"3"}]}""", 2, false, 1)]
    [InlineData("""{"continuationToken":"x","members":[]}""", 0, false, 2)]
    public async Task A_list_is_complete_when_it_came_to_its_end_within_the_maximum(string page, int count, bool isComplete, int requests)
    {
        using var connector = ConnectorStub.Always(200, page);
        using var host = TeamsHost.Signed(tokens: _tokens, connector: connector);

        var answer = await host.Connector.GetMembersAsync(TeamsHost.ServiceUrl, "19:a", 2, TestContext.Current.CancellationToken);

        (answer.Value!.Members.Count, answer.Value.IsComplete, connector.Requests.Count).ShouldBe((count, isComplete, requests));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"members":{}}""")]
    [InlineData("""{"members":["29:1"]}""")]
    public async Task What_is_no_page_of_members_gives_no_list(string page)
    {
        using var connector = ConnectorStub.Always(200, page);
        using var host = TeamsHost.Signed(tokens: _tokens, connector: connector);

        var answer = await host.Connector.GetMembersAsync(TeamsHost.ServiceUrl, "19:a", 2, TestContext.Current.CancellationToken);

        (answer.Result.Status, answer.Value).ShouldBe((SendStatus.Unknown, null));
    }

    [Fact]
    public async Task A_failed_second_page_gives_no_list()
    {
        using var connector = new ConnectorStub(ConnectorStub.Reply(200, """{"continuationToken":"x","members":[{"id":"1"}]}"""), ConnectorStub.Reply(403));
        using var host = TeamsHost.Signed(tokens: _tokens, connector: connector);

        var answer = await host.Connector.GetMembersAsync(TeamsHost.ServiceUrl, "19:a", 50, TestContext.Current.CancellationToken);

        (answer.Result.Status, answer.Value).ShouldBe((SendStatus.Forbidden, null));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_read_is_tried_three_times(int status)
    {
        using var connector = new ConnectorStub(ConnectorStub.Reply(status), ConnectorStub.Reply(status, "", ("Retry-After", "3")), ConnectorStub.Reply(200, """{"id":"29:1"}"""));
        using var host = TeamsHost.Signed(tokens: _tokens, connector: connector);

        var read = host.Connector.GetMemberAsync(TeamsHost.ServiceUrl, "19:a", "29:1", TestContext.Current.CancellationToken);
        var pauses = (First: await host.Clock.PassPauseAsync(), Second: await host.Clock.PassPauseAsync());

        (await read).Value!.Id.ShouldBe("29:1");
        pauses.First.ShouldBeInRange(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(0.7));
        pauses.Second.ShouldBe(TimeSpan.FromSeconds(3));
        connector.Requests.Select(request => request.Address).Distinct().ShouldBe([$"{Base}/19%3Aa/members/29%3A1"]);
    }

    [Theory]
    [InlineData(500, null)]
    [InlineData(404, null)]
    [InlineData(429, "10")]
    public async Task Other_faults_and_long_waits_are_not_waited_for(int status, string? retryAfter)
    {
        using var connector = ConnectorStub.Always(status, "", ("Retry-After", retryAfter ?? "x"));
        using var host = TeamsHost.Signed(tokens: _tokens, connector: connector);

        var answer = await host.Connector.GetMemberAsync(TeamsHost.ServiceUrl, "19:a", "29:1", TestContext.Current.CancellationToken);

        answer.Value.ShouldBeNull();
        answer.Result.Wait.ShouldBe(retryAfter is null ? null : TimeSpan.FromSeconds(10));
        connector.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_chat_with_a_person_is_asked_for_by_the_persons_id()
    {
        using var connector = ConnectorStub.Always(201, """{"id":"a:1"}""");
        using var host = TeamsHost.Signed(tokens: _tokens, connector: connector);

        var answer = await host.Connector.CreatePersonalAsync(TeamsHost.ServiceUrl, "29:1", "t", TestContext.Current.CancellationToken);

        answer.Value.ShouldBe("a:1");
        connector.Requests.ShouldHaveSingleItem().ShouldBe((HttpMethod.Post, Base, "Bearer token-1", """{"isGroup":false,"members":[{"id":"29:1"}],"tenantId":"t"}"""));
    }

    [Theory]
    [InlineData(403, """{"error":{"code":"ForbiddenOperationException"}}""", SendStatus.Forbidden)]
    [InlineData(201, "{}", SendStatus.Unknown)]
    internal async Task Without_a_chat_there_is_a_result(int status, string body, SendStatus expected)
    {
        using var connector = ConnectorStub.Always(status, body);
        using var host = TeamsHost.Signed(tokens: _tokens, connector: connector);

        var answer = await host.Connector.CreatePersonalAsync(TeamsHost.ServiceUrl, "29:1", "t", TestContext.Current.CancellationToken);

        (answer.Result.Status, answer.Value).ShouldBe((expected, null));
    }
}
