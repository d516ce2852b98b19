using System.Web;

namespace CopilotBot.Tests.Channels.Slack.Planted;

/// <summary>Changes what the product sends to the Web API: the arguments of a method by their names.</summary>
internal sealed class BrokenForm(Action<string, Dictionary<string, string>> breaks) : DelegatingHandler(new SocketsHttpHandler())
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content?.Headers.ContentType?.MediaType == "application/x-www-form-urlencoded")
        {
            var form = HttpUtility.ParseQueryString(await request.Content.ReadAsStringAsync(cancellationToken));
            var arguments = form.AllKeys.OfType<string>().ToDictionary(key => key, key => form[key] ?? "");
            breaks(request.RequestUri!.Segments[^1], arguments);
            request.Content = new FormUrlEncodedContent(arguments);
        }

        return await base.SendAsync(request, cancellationToken);
    }
}
