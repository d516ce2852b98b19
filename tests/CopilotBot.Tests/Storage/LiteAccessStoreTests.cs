using CopilotBot.Knowledge;
using CopilotBot.Storage;

namespace CopilotBot.Tests.Storage;

public sealed class LiteAccessStoreTests : AccessStoreConformance, IDisposable
{
    private readonly OpenedState _state = new();

    private IAccessStore _store;

    public LiteAccessStoreTests() => _store = new LiteAccessStore(_state.Database);

    protected override IAccessStore Store => _store;

    public void Dispose() => _state.Dispose();

    protected override IAccessStore Reopen() => _store = new LiteAccessStore(_state.Reopen());
}
