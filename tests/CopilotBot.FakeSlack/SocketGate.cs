namespace CopilotBot.FakeSlack;

/// <summary>The bytes under a socket. Deaf, it takes and gives nothing, not even pings and pongs, and yet stays open.</summary>
internal sealed class SocketGate(Stream inner) : Stream
{
    private volatile TaskCompletionSource? _deaf;

    public bool IsDeaf
    {
        get => _deaf is not null;
        set
        {
            if (value)
            {
                _deaf ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
            else if (Interlocked.Exchange(ref _deaf, null) is { } waiting)
            {
                waiting.SetResult();
            }
        }
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        await PassAsync(cancellationToken);
        return read;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await PassAsync(cancellationToken);
        await inner.WriteAsync(buffer, cancellationToken);
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            IsDeaf = false;
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private Task PassAsync(CancellationToken cancellationToken) => _deaf is { } deaf ? deaf.Task.WaitAsync(cancellationToken) : Task.CompletedTask;
}
