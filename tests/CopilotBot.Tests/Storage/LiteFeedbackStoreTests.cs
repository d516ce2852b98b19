using CopilotBot.Feedback;
using CopilotBot.Storage;

namespace CopilotBot.Tests.Storage;

public sealed class LiteFeedbackStoreTests : FeedbackStoreConformance, IDisposable
{
    private readonly OpenedState _state = new();

    private IFeedbackStore _store;

    public LiteFeedbackStoreTests() => _store = new LiteFeedbackStore(_state.Database);

    protected override IFeedbackStore Store => _store;

    public void Dispose() => _state.Dispose();

    protected override IFeedbackStore Reopen() => _store = new LiteFeedbackStore(_state.Reopen());
}
