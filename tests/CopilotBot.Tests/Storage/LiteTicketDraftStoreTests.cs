using CopilotBot.Storage;
using CopilotBot.Tickets;

namespace CopilotBot.Tests.Storage;

public sealed class LiteTicketDraftStoreTests : TicketDraftStoreConformance, IDisposable
{
    private readonly OpenedState _state = new();

    private ITicketDraftStore _store;

    public LiteTicketDraftStoreTests() => _store = new LiteTicketDraftStore(_state.Database);

    protected override ITicketDraftStore Store => _store;

    public void Dispose() => _state.Dispose();

    protected override ITicketDraftStore Reopen() => _store = new LiteTicketDraftStore(_state.Reopen());
}
