using System.Text;
using System.Text.Json.Nodes;

namespace CopilotBot.Tests.Channels.Teams.Planted;

/// <summary>Changes what the product sends to the connector.</summary>
internal sealed class BrokenWire(Action<JsonObject> breaks) : DelegatingHandler(new SocketsHttpHandler())
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is not null && JsonNode.Parse(await request.Content.ReadAsStringAsync(cancellationToken)) is JsonObject activity && activity.ContainsKey("type"))
        {
            breaks(activity);
            request.Content = new StringContent(activity.ToJsonString(), Encoding.UTF8, "application/json");
        }

        return await base.SendAsync(request, cancellationToken);
    }
}
