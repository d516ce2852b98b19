using CopilotBot.Conversations;
using CopilotBot.Storage;

namespace CopilotBot.Tests.Storage;

public sealed class LiteTurnStoreTests : TurnStoreConformance, IDisposable
{
    private readonly OpenedState _state = new();

    private ITurnStore _store;

    public LiteTurnStoreTests() => _store = new LiteTurnStore(_state.Database);

    protected override ITurnStore Store => _store;

    public void Dispose() => _state.Dispose();

    protected override ITurnStore Reopen() => _store = new LiteTurnStore(_state.Reopen());
}
