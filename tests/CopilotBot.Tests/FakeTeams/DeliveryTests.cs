using System.Net;

namespace CopilotBot.Tests.FakeTeams;

public sealed class DeliveryTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_activity_that_is_taken_is_delivered_once_with_the_bearer()
    {
        await using var bench = await Bench.StartAsync();
        using var bot = BotStub.Accepting();
        var client = bench.ClientOf(bot);
        client.Bearer = () => Task.FromResult<string?>("token");

        var delivery = await client.As(bench.Ada).SayAsync("Hello", Cancelled);

        (delivery.IsTaken, delivery.Attempts.Count, bot.Bearers.Single()).ShouldBe((true, 1, "token"));
    }

    [Fact]
    public async Task Errors_and_broken_connections_bring_the_same_activity_again()
    {
        await using var bench = await Bench.StartAsync();
        using var bot = new BotStub((number, _) => number switch
        {
            1 => Task.FromException<HttpResponseMessage>(new HttpRequestException("refused")),
            2 => Task.FromResult(new HttpResponseMessage(HttpStatusCode.InternalServerError)),
            _ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.Accepted)),
        });
        var client = bench.ClientOf(bot);
        client.RedeliveryDelays = [TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero];

        var delivery = await client.As(bench.Ada).SayAsync("Hello", Cancelled);

        delivery.Attempts.Select(attempt => attempt.Status).ShouldBe([null, 500, 202]);
        bot.Bodies.Distinct().ShouldHaveSingleItem();
        bench.Connector.Messages(bench.Chat).ShouldHaveSingleItem().AuthorIsBot.ShouldBeFalse();
    }

    [Fact]
    public async Task No_answer_within_fifteen_seconds_brings_it_again()
    {
        await using var bench = await Bench.StartAsync();
        using var bot = new BotStub(async (number, left) =>
        {
            await (number == 1 ? new TaskCompletionSource().Task.WaitAsync(left) : Task.CompletedTask);
            return new HttpResponseMessage(HttpStatusCode.OK);
        });
        var client = bench.ClientOf(bot);
        client.RedeliveryDelays = [TimeSpan.Zero];

        var saying = client.As(bench.Ada).SayAsync("Hello", Cancelled);
        await bot.Reached.Task;
        bench.Clock.Advance(TimeSpan.FromSeconds(15));

        (await saying).Attempts.Select(attempt => attempt.Status).ShouldBe([null, 200]);
    }

    [Fact]
    public async Task A_refusal_is_final_and_so_is_the_last_attempt()
    {
        await using var bench = await Bench.StartAsync();
        using var refusing = BotStub.Answering(_ => HttpStatusCode.Unauthorized);
        using var failing = BotStub.Answering(_ => HttpStatusCode.BadGateway);
        var client = bench.ClientOf(failing);
        client.RedeliveryDelays = [TimeSpan.Zero, TimeSpan.Zero];

        (await bench.ClientOf(refusing).As(bench.Ada).SayAsync("Hello", Cancelled)).Attempts.Count.ShouldBe(1);
        (await client.As(bench.Ada).SayAsync("Hello", Cancelled)).Attempts.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_delivery_can_be_repeated_unchanged()
    {
        await using var bench = await Bench.StartAsync();
        using var bot = BotStub.Accepting();
        var client = bench.ClientOf(bot);
        var first = await client.As(bench.Ada).SayAsync("Hello", Cancelled);
        bench.Clock.Advance(TimeSpan.FromMinutes(1));

        await client.RedeliverAsync(first, Cancelled);

        bot.Bodies[1].ShouldBe(bot.Bodies[0]);
        bench.Connector.Messages(bench.Chat).Count.ShouldBe(1);
    }

    /// <summary>Invoke, answer of the bot, rule or empty.</summary>
    [Theory]
    [InlineData("message/submitAction", 200, "", "")]
    [InlineData("message/submitAction", 200, "{}", "")]
    [InlineData("message/submitAction", 200, """{"statusCode":200}""", "invoke-body")]
    [InlineData("message/submitAction", 501, "", "invoke-status")]
    [InlineData("adaptiveCard/action", 200, """{"statusCode":200,"type":"application/vnd.microsoft.activity.message","value":"Done"}""", "")]
    [InlineData("adaptiveCard/action", 200, """{"statusCode":200,"type":"application/vnd.microsoft.card.adaptive","value":{"type":"AdaptiveCard","version":"1.5"}}""", "")]
    [InlineData("adaptiveCard/action", 200, """{"statusCode":400,"type":"application/vnd.microsoft.error","value":{"code":"x","message":"y"}}""", "")]
    [InlineData("adaptiveCard/action", 200, """{"statusCode":200,"type":"application/vnd.microsoft.activity.message","value":""}""", "invoke-body")]
    [InlineData("adaptiveCard/action", 200, """{"statusCode":200,"type":"application/vnd.microsoft.card.adaptive","value":{"type":"AdaptiveCard","version":"1.6"}}""", "card-version")]
    [InlineData("adaptiveCard/action", 200, "", "invoke-body")]
    [InlineData("adaptiveCard/action", 200, "Done", "invoke-body")]
    [InlineData("task/fetch", 200, """{"task":{"type":"message","value":"Hi"}}""", "")]
    [InlineData("task/fetch", 200, """{"task":{"type":"continue","value":{"title":"t","card":{"contentType":"application/vnd.microsoft.card.adaptive","content":{"type":"AdaptiveCard","version":"1.5"}}}}}""", "")]
    [InlineData("task/fetch", 200, "", "invoke-body")]
    [InlineData("task/submit", 200, "", "")]
    [InlineData("message/fetchTask", 200, """{"task":{"type":"continue","value":{"title":"t"}}}""", "invoke-body")]
    [InlineData("composeExtension/query", 200, """{"composeExtension":{"type":"result","attachmentLayout":"list","attachments":[]}}""", "")]
    [InlineData("composeExtension/query", 200, """{"composeExtension":{"type":"message","text":"Nothing found"}}""", "")]
    [InlineData("composeExtension/query", 200, """{"composeExtension":{"type":"result","attachments":[]}}""", "invoke-body")]
    [InlineData("composeExtension/query", 200, """{"composeExtension":{"type":"result","attachmentLayout":"list","attachments":[{"contentType":"x","content":{}}]}}""", "invoke-body")]
    [InlineData("composeExtension/query", 200, "{}", "invoke-body")]
    [InlineData("composeExtension/query", 403, "", "")]
    public async Task The_answer_to_an_invoke_is_judged(string name, int status, string body, string rule)
    {
        await using var bench = await Bench.StartAsync();
        using var bot = BotStub.Answering(_ => (HttpStatusCode)status, body);

        await bench.ClientOf(bot).As(bench.Ada).InvokeAsync(bench.Chat, name, null, null, Cancelled);

        bench.Broken.ShouldBe(rule.Length == 0 ? [] : [rule]);
    }

    [Fact]
    public async Task An_invoke_is_sent_once_and_must_be_quick()
    {
        await using var bench = await Bench.StartAsync();
        using var bot = new BotStub((_, _) =>
        {
            bench.Clock.Advance(TimeSpan.FromSeconds(6));
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.InternalServerError));
        });

        var delivery = await bench.ClientOf(bot).As(bench.Ada).SearchAsync(bench.Chat, "search", "query", "vpn", cancellationToken: Cancelled);

        delivery.Attempts.Count.ShouldBe(1);
        bench.Broken.ShouldBe(["invoke-late", "invoke-status"]);
    }
}
