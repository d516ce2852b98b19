using CopilotBot.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CopilotBot.Tests.Channels.Slack.Api;

/// <summary>The product's own way to the network, on this machine.</summary>
public sealed class SlackWireTests
{
    [Fact]
    public async Task Where_nobody_listens_nothing_happened()
    {
        using var host = SlackHost.OneWorkspace(settings: [("Slack:ApiUrl", "http://127.0.0.1:1/api/")]);

        var reply = await host.Api.CallAsync("T1", "chat.postMessage", [], TestContext.Current.CancellationToken);

        reply.Result.ShouldBe(new SendResult(SendStatus.TryAgain, Wait: TimeSpan.FromSeconds(5), Reason: "ConnectionError"));
    }

    [Fact]
    public async Task A_redirect_is_not_followed_a_cookie_not_kept_and_a_lost_answer_is_a_question()
    {
        List<string> asked = [];
        await using var app = Serve(async http =>
        {
            asked.Add($"{http.Request.Path} {http.Request.Headers.Cookie}");
            http.Response.Cookies.Append("session", "1");
            switch (http.Request.Path.Value)
            {
                case "/api/auth.test":
                    await http.Response.WriteAsync(SlackHost.WhoAmI);
                    break;
                case "/api/views.open":
                    http.Response.Redirect("/elsewhere");
                    break;
                default:
                    http.Abort();
                    break;
            }
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var host = SlackHost.OneWorkspace(settings: [("Slack:ApiUrl", $"{app.Urls.Single()}/api/")]);

        (await host.Api.CallAsync("T1", "views.open", [], TestContext.Current.CancellationToken)).Result.ShouldBe(new SendResult(SendStatus.Forbidden, Reason: "302"));
        (await host.Api.CallAsync("T1", "chat.postMessage", [], TestContext.Current.CancellationToken)).Result.Status.ShouldBe(SendStatus.Unknown);

        asked.ShouldBe(["/api/auth.test ", "/api/views.open ", "/api/chat.postMessage "]);
    }

    private static WebApplication Serve(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(answer);
        return app;
    }
}
