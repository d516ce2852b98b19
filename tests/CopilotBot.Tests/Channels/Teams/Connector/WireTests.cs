using CopilotBot.Channels;
using CopilotBot.Tests.Channels.Teams.Auth;

namespace CopilotBot.Tests.Channels.Teams.Connector;

/// <summary>With the product's own HTTP handler, on this machine.</summary>
public sealed class WireTests
{
    [Fact]
    public async Task Anonymous_requests_carry_no_authorization()
    {
        await using var server = new WireServer("HTTP/1.1 201 Created\r\nContent-Length: 10\r\n\r\n{\"id\":\"1\"}");
        using var host = TeamsHost.Anonymous();

        var result = await host.Connector.CreateAsync(server.Url, "a:1", "{}", TestContext.Current.CancellationToken);

        result.ShouldBe(SendResult.Done("1"));
        var request = await server.RequestAsync();
        request.ShouldStartWith("POST /v3/conversations/a%3A1/activities HTTP/1.1\r\n");
        request.ShouldContain("\r\nContent-Type: application/json; charset=utf-8\r\n");
        request.ShouldNotContain("Authorization", Case.Insensitive);
    }

    [Fact]
    public async Task A_connection_that_cannot_be_made_leaves_the_message_to_be_tried_again()
    {
        string url;
        await using (var server = new WireServer(""))
        {
            url = server.Url;
        }

        using var host = TeamsHost.Anonymous();

        (await host.Connector.CreateAsync(url, "a:1", "{}", TestContext.Current.CancellationToken)).ShouldBe(new SendResult(SendStatus.TryAgain, Reason: "ConnectionError"));
        (await host.Connector.DeleteAsync(url, "a:1", "1", TestContext.Current.CancellationToken)).Status.ShouldBe(SendStatus.TryAgain);
    }

    [Fact]
    public async Task A_connection_dropped_after_the_request_leaves_open_what_became_of_it()
    {
        await using var server = new WireServer("");
        using var host = TeamsHost.Anonymous();

        var result = await host.Connector.CreateAsync(server.Url, "a:1", "{}", TestContext.Current.CancellationToken);

        (result.Status, result.Reason).ShouldBe((SendStatus.Unknown, "ResponseEnded"));
    }

    [Fact]
    public async Task An_answer_that_ends_within_its_body_counts_by_its_status()
    {
        await using var server = new WireServer("HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\n{\"id\":");
        using var host = TeamsHost.Anonymous();

        (await host.Connector.CreateAsync(server.Url, "a:1", "{}", TestContext.Current.CancellationToken)).ShouldBe(SendResult.Done(messageId: null));
    }

    [Theory]
    [InlineData(302)]
    [InlineData(307)]
    public async Task Redirects_are_not_followed(int status)
    {
        await using var elsewhere = new WireServer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        await using var server = new WireServer($"HTTP/1.1 {status} Elsewhere\r\nLocation: {elsewhere.Url}\r\nContent-Length: 0\r\n\r\n");
        using var host = TeamsHost.Anonymous();

        var result = await host.Connector.CreateAsync(server.Url, "a:1", "{}", TestContext.Current.CancellationToken);

        result.ShouldBe(new SendResult(SendStatus.Forbidden, Reason: $"{status}"));
        elsewhere.WasAsked.ShouldBeFalse();
    }

    [Fact]
    public async Task A_read_that_is_cut_is_no_list_of_members()
    {
        await using var server = new WireServer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"members\":[]}");
        using var host = TeamsHost.Anonymous();

        var answer = await host.Connector.GetMembersAsync(server.Url, "a:1", 10, TestContext.Current.CancellationToken);

        (answer.Result.Status, answer.Value).ShouldBe((SendStatus.Unknown, null));
    }
}
