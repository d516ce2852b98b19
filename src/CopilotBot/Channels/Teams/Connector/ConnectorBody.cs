using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace CopilotBot.Channels.Teams.Connector;

/// <summary>A JSON body that knows whether it began to leave: until then the other side cannot have acted on the request, whatever went wrong.</summary>
internal sealed class ConnectorBody : HttpContent
{
    private readonly byte[] _json;

    public ConnectorBody(string json)
    {
        _json = Encoding.UTF8.GetBytes(json);
        Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
    }

    public bool HasLeft { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        HasLeft = true;
        return stream.WriteAsync(_json, cancellationToken).AsTask();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _json.Length;
        return true;
    }
}
