using CopilotBot.Tickets;

namespace CopilotBot.Tests.Tickets.Planted;

/// <summary>The scenario sees what it is there to see.</summary>
public sealed class PlantedBugTests
{
    [Fact]
    public async Task The_product_as_it_is_is_not_complained_about() => (await OnceScenario.RunAsync()).ShouldBeEmpty();

    [Fact]
    public async Task A_second_write_without_a_search_is_caught() =>
        (await OnceScenario.RunAsync(trackerBug: tracker => new BrokenTracker(tracker) { FindsNothing = true })).ShouldContain(complaint => complaint.EndsWith("2 tickets", StringComparison.Ordinal));

    [Fact]
    public async Task An_empty_search_that_counts_at_once_is_caught() => (await OnceScenario.RunAsync(
        configure: options => options.ClarifyAfterSeconds = 0,
        storeBug: store => new BrokenDraftStore(store) { Written = draft => draft.IsUnclear ? draft with { EmptySearches = Math.Max(1, draft.EmptySearches) } : draft }))
        .ShouldContain(complaint => complaint.EndsWith("2 tickets", StringComparison.Ordinal));

    [Fact]
    public async Task A_key_that_is_not_sent_is_caught() =>
        (await OnceScenario.RunAsync(trackerBug: tracker => new BrokenTracker(tracker) { Sent = draft => draft with { IdempotencyKey = "" } })).ShouldContain(complaint => complaint.EndsWith("2 tickets", StringComparison.Ordinal));

    [Fact]
    public async Task An_attempt_that_is_not_noted_before_the_call_is_caught() =>
        (await OnceScenario.RunAsync(storeBug: store => new BrokenDraftStore(store) { Written = draft => draft with { IsUnclear = false } })).ShouldContain(complaint => complaint.EndsWith("2 tickets", StringComparison.Ordinal));

    [Fact]
    public async Task A_lost_answer_that_is_taken_for_a_refused_connection_is_caught() =>
        (await OnceScenario.RunAsync(trackerBug: tracker => new BrokenTracker(tracker) { Reply = reply => reply.Status == TrackerStatus.Unknown ? reply with { Status = TrackerStatus.TryAgain } : reply }))
        .ShouldContain(complaint => complaint.EndsWith("2 tickets", StringComparison.Ordinal));

    [Fact]
    public async Task A_draft_that_anybody_may_confirm_is_caught() =>
        (await OnceScenario.RunAsync(storeBug: store => new BrokenDraftStore(store) { Read = draft => draft with { Requester = "U-bruno" } })).ShouldContain(complaint => complaint.EndsWith("a stranger may confirm", StringComparison.Ordinal));

    [Fact]
    public async Task A_draft_that_can_be_confirmed_twice_is_caught() => (await OnceScenario.RunAsync(
        storeBug: store => new BrokenDraftStore(store) { Read = draft => draft.State == TicketState.Done ? draft with { State = TicketState.Open } : draft }))
        .ShouldContain(complaint => complaint.EndsWith("2 tickets", StringComparison.Ordinal));
}
