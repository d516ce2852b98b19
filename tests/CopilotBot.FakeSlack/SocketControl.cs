namespace CopilotBot.FakeSlack;

/// <summary>The bot's sockets as a test sees and troubles them (facts §5). Sockets are numbered from 1 in the order in which they were opened.</summary>
public sealed class SocketControl
{
    private readonly SocketHub _hub;

    internal SocketControl(SocketHub hub) => _hub = hub;

    /// <summary>Numbers of the open ones, deaf ones included.</summary>
    public IReadOnlyList<int> Open => _hub.OpenNumbers;

    /// <summary>How many were ever opened.</summary>
    public int OpenedCount => _hub.OpenedCount;

    /// <summary>Tells of a disconnect: <c>warning</c>, <c>refresh_requested</c>, <c>too_many_websockets</c> or <c>link_disabled</c>; the latter two close at once.</summary>
    /// <param name="socket">All of them where none is named.</param>
    public Task DisconnectAsync(string reason, int? socket = null, CancellationToken cancellationToken = default) => _hub.DisconnectAsync(reason, socket, cancellationToken);

    /// <summary>Closes as Slack does some seconds after a warning.</summary>
    public Task CloseAsync(int? socket = null, CancellationToken cancellationToken = default) => _hub.CloseAsync(socket, cancellationToken);

    /// <summary>The connection breaks without a word.</summary>
    public void Drop(int? socket = null) => _hub.Drop(socket);

    /// <summary>Deaf, a socket stays open, swallows what is delivered and answers no ping (facts §10).</summary>
    public void SetDeaf(bool isDeaf, int? socket = null) => _hub.SetDeaf(isDeaf, socket);

    /// <summary>Takes back <c>link_disabled</c>.</summary>
    public void EnableLink() => _hub.IsDisabled = false;
}
