using CopilotBot.Evaluation.Messages;
using CopilotBot.Extraction;
using CopilotBot.Knowledge;

namespace CopilotBot.Tests.Extraction;

public sealed class MessageScoringTests
{
    [Fact]
    public void Figures_are_those_counted_by_hand()
    {
        // Three spans expected, three found, one of them right: F1 = 2*1/(3+3). As fields "the Mail" is mail, so two of three are right on both sides.
        var report = MessageScoring.Score(
        [
            Read("the Mail is down by Friday", "create_ticket", "create_ticket", [("system", 4, 4), ("due_date", 17, 9)], [("system", 0, 8), ("due_date", 17, 9)]),
            Read("VPN-1 and scanner", "update_ticket", "find_ticket", [("ticket_key", 0, 5)], [("system", 10, 7)]),
            Read("sing me a song", "out_of_scope", "out_of_scope", [], []),
        ]);

        report.N.ShouldBe(3);
        report.IntentAccuracy!.Value.ShouldBe(2 / 3d, 1e-9);
        report.OutOfScopeRecall.ShouldBe(1);
        report.SlotF1!.Value.ShouldBe(2 / 6d, 1e-9);
        report.FieldMicroF1!.Value.ShouldBe(4 / 6d, 1e-9);
        report.Exact!.Value.ShouldBe(1 / 3d, 1e-9);
        report.BySlot["system"].ShouldBe(new PartScore(1, 2, 0));
        report.ByField["system"].ShouldBe(new PartScore(1, 2, 1));
        report.ByStyle["terse"].N.ShouldBe(3);
        report.Confusions.ShouldContain(new Confusion("intent", "update_ticket", "find_ticket", 1));
        report.Confusions.ShouldContain(new Confusion("slot", "ticket_key", "-", 1));
        report.Confusions.ShouldContain(new Confusion("slot", "system", "system", 1));
    }

    [Fact]
    public void A_set_without_slots_has_no_figures_of_slots()
    {
        var message = new LabelledMessage("what is this", [], null, "oos", true, "test", null, null);

        var report = MessageScoring.Score([new ReadMessage(message, "greeting", true, [], 1), new ReadMessage(message with { Intent = "greeting", IsOutOfScope = false }, "greeting", false, [], 3)]);

        (report.IntentAccuracy, report.OutOfScopeRecall, report.SlotF1, report.FieldMicroF1, report.Exact).ShouldBe((1, 1, null, null, null));
        report.LatencyMs.P95.ShouldBe(3);
    }

    private static ReadMessage Read(string text, string expected, string found, (string Slot, int Start, int Length)[] gold, (string Slot, int Start, int Length)[] spans)
    {
        TextSpan[] words = [.. gold.Select(slot => new TextSpan(slot.Start, slot.Length))];
        var message = new LabelledMessage(text, words, [.. gold.Select(slot => "B-" + slot.Slot)], expected, false, "test", "t", "terse");
        return new ReadMessage(message, found, found == "out_of_scope", [.. spans.Select(span => (span.Slot, new TextSpan(span.Start, span.Length)))], 1);
    }
}
