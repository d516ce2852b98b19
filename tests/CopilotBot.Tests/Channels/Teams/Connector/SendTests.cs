using CopilotBot.Channels;
using CopilotBot.FakeIdentity;
using CopilotBot.Tests.Channels.Teams.Auth;

namespace CopilotBot.Tests.Channels.Teams.Connector;

/// <summary>The table of facts 1.7 and the addresses of 1.8.</summary>
public sealed class SendTests : IDisposable
{
    private const string Conversation = "19:abc@thread.tacv2;messageid=17";

    private readonly TokenEndpoint _tokens = new(TeamsHost.AppId, TeamsHost.Secret);

    public void Dispose() => _tokens.Dispose();

    [Theory]
    [InlineData(200, """{"id":"1:a"}""", "Done", "1:a", "")]
    [InlineData(201, """{"id":"1:a"}""", "Done", "1:a", "")]
    [InlineData(201, "{}", "Done", null, "")]
    [InlineData(201, "not json", "Done", null, "")]
    [InlineData(201, """["a"]""", "Done", null, "")]
    [InlineData(202, "", "Done", null, "")]
    [InlineData(202, """{"error":{"code":"ContentStreamSequenceOrderPreConditionFailed"}}""", "ContentRefused", null, "202 ContentStreamSequenceOrderPreConditionFailed (MS-CV cv.1)")]
    [InlineData(302, "", "Forbidden", null, "302 (MS-CV cv.1)")]
    [InlineData(400, """{"error":{"code":"BadSyntax","message":"text of a person"}}""", "ContentRefused", null, "400 BadSyntax (MS-CV cv.1)")]
    [InlineData(400, """{"code":"BadArgument","message":"text of a person"}""", "ContentRefused", null, "400 BadArgument (MS-CV cv.1)")]
    [InlineData(400, """{"error":{"code":"Bearer token-1 was bad"}}""", "ContentRefused", null, "400 (MS-CV cv.1)")]
    [InlineData(400, """{"error":"text of a person"}""", "ContentRefused", null, "400 (MS-CV cv.1)")]
    [InlineData(401, "", "TryAgain", null, "401 (MS-CV cv.1)")]
    [InlineData(403, """{"error":{"code":"BotNotInConversationRoster"}}""", "Forbidden", null, "403 BotNotInConversationRoster (MS-CV cv.1)")]
    [InlineData(403, """{"error":{"code":"MessageWritesBlocked"}}""", "Forbidden", null, "403 MessageWritesBlocked (MS-CV cv.1)")]
    [InlineData(403, """{"error":{"code":"ForbiddenOperationException","message":"canceled"}}""", "Forbidden", null, "403 ForbiddenOperationException (MS-CV cv.1)")]
    [InlineData(403, """{"error":{"code":"ContentStreamNotAllowed","message":"Content stream was CANCELED by user."}}""", "Stopped", null, "403 ContentStreamNotAllowed (MS-CV cv.1)")]
    [InlineData(403, """{"error":{"code":"ContentStreamNotAllowed","message":"exceeded streaming time"}}""", "ContentRefused", null, "403 ContentStreamNotAllowed (MS-CV cv.1)")]
    [InlineData(403, "<html>", "Forbidden", null, "403 (MS-CV cv.1)")]
    [InlineData(404, """{"error":{"code":"ConversationNotFound"}}""", "Gone", null, "404 ConversationNotFound (MS-CV cv.1)")]
    [InlineData(405, """{"error":{"code":"BadArgument"}}""", "ContentRefused", null, "405 BadArgument (MS-CV cv.1)")]
    [InlineData(408, "", "Unknown", null, "408 (MS-CV cv.1)")]
    [InlineData(409, "", "TryAgain", null, "409 (MS-CV cv.1)")]
    [InlineData(412, """{"error":{"code":"PreconditionFailed"}}""", "TryAgain", null, "412 PreconditionFailed (MS-CV cv.1)")]
    [InlineData(413, """{"error":{"code":"MessageSizeTooBig"}}""", "ContentRefused", null, "413 MessageSizeTooBig (MS-CV cv.1)")]
    [InlineData(429, "", "TryAgain", null, "429 (MS-CV cv.1)")]
    [InlineData(500, "", "Unknown", null, "500 (MS-CV cv.1)")]
    [InlineData(502, "", "Unknown", null, "502 (MS-CV cv.1)")]
    [InlineData(503, "", "Unknown", null, "503 (MS-CV cv.1)")]
    [InlineData(504, "", "Unknown", null, "504 (MS-CV cv.1)")]
    public async Task A_status_says_what_became_of_the_message(int status, string body, string expected, string? messageId, string reason)
    {
        using var connector = ConnectorStub.Always(status, body, ("MS-CV", "cv.1"));
        using var host = TeamsHost.Signed(tokens: _tokens, connector: connector);

        var result = await host.Connector.CreateAsync(TeamsHost.ServiceUrl, Conversation, "{}", TestContext.Current.CancellationToken);

        result.ShouldBe(new SendResult(Enum.Parse<SendStatus>(expected), messageId, Reason: reason));
        connector.Requests.Count.ShouldBe(status == 401 ? 2 : 1);
        host.Logs.Lines.ShouldAllBe(line => !line.Contains("token-1") && !line.Contains("token-2") && !line.Contains("text of a person") && !line.Contains(Conversation));
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("Sun, 22 Nov 2026 09:00:30 GMT", 30)]
    [InlineData("Sun, 22 Nov 2026 08:00:00 GMT", 0)]
    [InlineData("soon", null)]
    public async Task The_wait_that_is_asked_for_is_told(string header, int? seconds)
    {
        using var connector = ConnectorStub.Always(429, "", ("Retry-After", header));
        using var host = TeamsHost.Signed(tokens: _tokens, connector: connector);

        var result = await host.Connector.CreateAsync(TeamsHost.ServiceUrl, Conversation, "{}", TestContext.Current.CancellationToken);

        (result.Status, result.Wait).ShouldBe((SendStatus.TryAgain, seconds is null ? null : TimeSpan.FromSeconds(seconds.Value)));
    }

    [Fact]
    public async Task A_correlation_id_that_is_none_is_not_repeated()
    {
        using var connector = ConnectorStub.Always(404, "", ("MS-CV", "Bearer token-1"));
        using var host = TeamsHost.Signed(tokens: _tokens, connector: connector);

        (await host.Connector.CreateAsync(TeamsHost.ServiceUrl, Conversation, "{}", TestContext.Current.CancellationToken)).Reason.ShouldBe("404");
    }

    [Fact]
    public async Task Ids_are_encoded_and_the_body_is_sent_as_it_is()
    {
        using var connector = ConnectorStub.Always(200);
        using var host = TeamsHost.Signed(tokens: _tokens, connector: connector);

        await host.Connector.CreateAsync("https://smba.trafficmanager.net/emea", Conversation, """{"text":"ä"}""", TestContext.Current.CancellationToken);
        await host.Connector.UpdateAsync(TeamsHost.ServiceUrl, Conversation, "1:/?#", """{"text":"b"}""", TestContext.Current.CancellationToken);
        await host.Connector.DeleteAsync(TeamsHost.ServiceUrl, Conversation, "1", TestContext.Current.CancellationToken);

        const string Base = "https://smba.trafficmanager.net/emea/v3/conversations/19%3Aabc%40thread.tacv2%3Bmessageid%3D17/activities";
        connector.Requests.ShouldBe(
        [
            (HttpMethod.Post, Base, "Bearer token-1", """{"text":"ä"}"""),
            (HttpMethod.Put, $"{Base}/1%3A%2F%3F%23", "Bearer token-1", """{"text":"b"}"""),
            (HttpMethod.Delete, $"{Base}/1", "Bearer token-1", ""),
        ]);
    }

    [Theory]
    [InlineData("", "1")]
    [InlineData("..", "1")]
    [InlineData("a", "..")]
    [InlineData("a", ".")]
    [InlineData("a", "")]
    public async Task What_is_no_id_is_sent_nowhere(string conversation, string activity)
    {
        using var connector = ConnectorStub.Always(200);
        using var host = TeamsHost.Signed(tokens: _tokens, connector: connector);

        var result = await host.Connector.DeleteAsync(TeamsHost.ServiceUrl, conversation, activity, TestContext.Current.CancellationToken);

        result.Status.ShouldBe(SendStatus.Gone);
        connector.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("https://smba.trafficmanager.net.evil.example/")]
    [InlineData("http://smba.trafficmanager.net/emea/")]
    [InlineData("http://127.0.0.1:3978/")]
    [InlineData("")]
    public async Task Nothing_is_sent_to_a_host_off_the_list_and_no_token_is_asked_for(string serviceUrl)
    {
        using var connector = ConnectorStub.Always(200);
        using var host = TeamsHost.Signed(tokens: _tokens, connector: connector);

        var create = await host.Connector.CreateAsync(serviceUrl, Conversation, "{}", TestContext.Current.CancellationToken);
        var members = await host.Connector.GetMembersAsync(serviceUrl, Conversation, 10, TestContext.Current.CancellationToken);
        var personal = await host.Connector.CreatePersonalAsync(serviceUrl, "29:a", TeamsHost.Tenant, TestContext.Current.CancellationToken);

        new[] { create, members.Result, personal.Result }.ShouldAllBe(result => result.Status == SendStatus.Forbidden && result.Reason == "service host not allowed");
        connector.Requests.ShouldBeEmpty();
        _tokens.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refused_token_is_renewed_once_and_the_call_made_again()
    {
        using var connector = new ConnectorStub(ConnectorStub.Reply(401), ConnectorStub.Reply(201, """{"id":"1"}"""));
        using var host = TeamsHost.Signed(tokens: _tokens, connector: connector);

        var result = await host.Connector.CreateAsync(TeamsHost.ServiceUrl, Conversation, """{"text":"a"}""", TestContext.Current.CancellationToken);

        result.ShouldBe(SendResult.Done("1"));
        connector.Requests.Select(request => (request.Authorization, request.Body)).ShouldBe([("Bearer token-1", """{"text":"a"}"""), ("Bearer token-2", """{"text":"a"}""")]);
    }

    [Fact]
    public async Task A_service_that_goes_on_refusing_costs_no_token_for_each_message()
    {
        using var connector = ConnectorStub.Always(401);
        using var host = TeamsHost.Signed(tokens: _tokens, connector: connector);

        await host.Connector.CreateAsync(TeamsHost.ServiceUrl, Conversation, "{}", TestContext.Current.CancellationToken);
        await host.Connector.CreateAsync(TeamsHost.ServiceUrl, Conversation, "{}", TestContext.Current.CancellationToken);

        (_tokens.Requests.Count, connector.Requests.Count).ShouldBe((2, 3));
    }

    [Fact]
    public async Task Twenty_messages_at_once_make_one_token_request()
    {
        var gate = new TaskCompletionSource();
        _tokens.Gate = gate.Task;
        using var connector = ConnectorStub.Always(201, """{"id":"1"}""");
        using var host = TeamsHost.Signed(tokens: _tokens, connector: connector);

        var sends = Enumerable.Range(0, 20).Select(index => Task.Run(() => host.Connector.CreateAsync(TeamsHost.ServiceUrl, $"a:{index}", "{}", TestContext.Current.CancellationToken))).ToList();
        gate.SetResult();

        (await Task.WhenAll(sends)).ShouldAllBe(result => result.Status == SendStatus.Done);
        _tokens.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Without_a_token_for_now_the_message_may_be_tried_again()
    {
        _tokens.IsUnreachable = true;
        using var connector = ConnectorStub.Always(200);
        using var host = TeamsHost.Signed(tokens: _tokens, connector: connector);

        var result = await host.Connector.CreateAsync(TeamsHost.ServiceUrl, Conversation, "{}", TestContext.Current.CancellationToken);

        result.Status.ShouldBe(SendStatus.TryAgain);
        connector.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task With_a_credential_that_is_refused_the_message_waits_until_it_is_repaired()
    {
        using var tokens = new TokenEndpoint(TeamsHost.AppId, "another-secret");
        using var connector = ConnectorStub.Always(200);
        using var host = TeamsHost.Signed(tokens: tokens, connector: connector);

        var result = await host.Connector.CreateAsync(TeamsHost.ServiceUrl, Conversation, "{}", TestContext.Current.CancellationToken);

        result.ShouldBe(new SendResult(SendStatus.TryAgain, Reason: "token invalid_client"));
        connector.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true, SendStatus.Unknown)]
    [InlineData(false, SendStatus.TryAgain)]
    internal async Task No_answer_in_15_seconds_leaves_open_what_became_of_a_message_that_left(bool hasLeft, SendStatus status)
    {
        var asked = new TaskCompletionSource();
        using var connector = new ConnectorStub(async cancel =>
        {
            asked.SetResult();
            await new TaskCompletionSource().Task.WaitAsync(cancel);
            return null!;
        })
        { ReadsBodies = hasLeft };
        using var host = TeamsHost.Signed(tokens: _tokens, connector: connector);

        var send = host.Connector.CreateAsync(TeamsHost.ServiceUrl, Conversation, "{}", TestContext.Current.CancellationToken);
        await asked.Task;
        host.Clock.Advance(TimeSpan.FromSeconds(15));

        (await send).ShouldBe(new SendResult(status, Reason: "timeout"));
    }

    [Fact]
    public async Task A_caller_who_gives_up_gets_no_result()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var connector = new ConnectorStub(async cancel =>
        {
            await stop.CancelAsync();
            cancel.ThrowIfCancellationRequested();
            return null!;
        });
        using var host = TeamsHost.Signed(tokens: _tokens, connector: connector);

        await Should.ThrowAsync<OperationCanceledException>(() => host.Connector.CreateAsync(TeamsHost.ServiceUrl, Conversation, "{}", stop.Token));
    }

    [Fact]
    public async Task The_eighth_message_of_a_second_waits()
    {
        using var connector = ConnectorStub.Always(201, """{"id":"1"}""");
        using var host = TeamsHost.Signed(tokens: _tokens, connector: connector);

        var sends = Enumerable.Range(0, 8).Select(_ => host.Connector.CreateAsync(TeamsHost.ServiceUrl, Conversation, "{}", TestContext.Current.CancellationToken)).ToList();
        await Task.WhenAll(sends.Take(7));
        connector.Requests.Count.ShouldBe(7);

        (await host.Clock.PassPauseAsync()).ShouldBe(TimeSpan.FromSeconds(1.2));
        (await sends[7]).Status.ShouldBe(SendStatus.Done);
    }
}
