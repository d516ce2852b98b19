using CopilotBot.Knowledge;
using CopilotBot.Storage;

namespace CopilotBot.Tests.Storage;

public sealed class LiteDocumentStoreTests : DocumentStoreConformance, IDisposable
{
    private readonly OpenedState _state = new();

    private IDocumentStore _store;

    public LiteDocumentStoreTests() => _store = new LiteDocumentStore(_state.Database);

    protected override IDocumentStore Store => _store;

    public void Dispose() => _state.Dispose();

    protected override IDocumentStore Reopen() => _store = new LiteDocumentStore(_state.Reopen());
}
