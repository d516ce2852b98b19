using System.Net;
using System.Net.Http.Headers;

namespace CopilotBot.Channels;

/// <summary>A body that knows whether it began to leave: until then the other side cannot have acted on the request, whatever went wrong.</summary>
internal sealed class OutgoingBody : HttpContent
{
    private readonly byte[] _bytes;

    public OutgoingBody(byte[] bytes, string mediaType)
    {
        _bytes = bytes;
        Headers.ContentType = new MediaTypeHeaderValue(mediaType, "utf-8");
    }

    public bool HasLeft { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        HasLeft = true;
        return stream.WriteAsync(_bytes, cancellationToken).AsTask();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _bytes.Length;
        return true;
    }
}
