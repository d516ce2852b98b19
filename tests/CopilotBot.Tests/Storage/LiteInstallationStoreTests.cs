using CopilotBot.Conversations;
using CopilotBot.Storage;

namespace CopilotBot.Tests.Storage;

public sealed class LiteInstallationStoreTests : InstallationStoreConformance, IDisposable
{
    private readonly OpenedState _state = new();

    private IInstallationStore _store;

    public LiteInstallationStoreTests() => _store = new LiteInstallationStore(_state.Database);

    protected override IInstallationStore Store => _store;

    public void Dispose() => _state.Dispose();

    protected override IInstallationStore Reopen() => _store = new LiteInstallationStore(_state.Reopen());
}
