namespace CopilotBot.Tests.Channels.Teams;

/// <summary>Adds a header to every request, as something between would.</summary>
internal sealed class AddingHandler(string name, string value) : DelegatingHandler(new SocketsHttpHandler())
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.TryAddWithoutValidation(name, value);
        return base.SendAsync(request, cancellationToken);
    }
}
