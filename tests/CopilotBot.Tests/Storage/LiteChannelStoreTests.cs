using CopilotBot.Conversations;
using CopilotBot.Storage;

namespace CopilotBot.Tests.Storage;

public sealed class LiteChannelStoreTests : ChannelStoreConformance, IDisposable
{
    private readonly OpenedState _state = new();

    private IChannelStore _store;

    public LiteChannelStoreTests() => _store = new LiteChannelStore(_state.Database);

    protected override IChannelStore Store => _store;

    public void Dispose() => _state.Dispose();

    protected override IChannelStore Reopen() => _store = new LiteChannelStore(_state.Reopen());
}
