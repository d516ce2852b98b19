using System.Net;
using System.Net.Http.Headers;

namespace CopilotBot.Channels.Slack.Api;

/// <summary>A body that knows whether it began to leave: until then Slack cannot have acted on the request, whatever went wrong.</summary>
internal sealed class SlackBody : HttpContent
{
    private readonly byte[] _bytes;

    public SlackBody(byte[] bytes, string mediaType)
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
