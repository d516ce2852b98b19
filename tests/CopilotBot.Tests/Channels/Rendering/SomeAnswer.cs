using CopilotBot.Answering;
using CopilotBot.Conversations;
using CopilotBot.Knowledge;

namespace CopilotBot.Tests.Channels.Rendering;

/// <summary>Answers as the product gives them, about the invented company.</summary>
internal static class SomeAnswer
{
    public static DateTimeOffset Now { get; } = new(2026, 8, 24, 9, 0, 0, TimeSpan.Zero);

    public static Answer Grounded(string text, params Citation[] citations) => Of(AnswerOutcome.Grounded, text) with { Citations = citations };

    public static Answer Of(AnswerOutcome outcome, string text) => new() { TurnId = new TurnId("01a20f0ab0b67a608b48eac076dd9ed4"), Outcome = outcome, Text = text };

    public static Answer Laptop { get; } = Grounded(
        "Bring a dead laptop to the service desk in Stromvik. [1]\nThen: [1]\n- Report the defect with the asset number. [1]\n- Collect a loan laptop. [2]",
        Source(1, "Hardware replacement procedure", ["Laptops", "Repair"]),
        Source(2, "Loan devices"));

    public static Answer Nothing { get; } = Of(AnswerOutcome.NoEvidence, "I don't know: I looked through 34 pages and tickets that you may read and found no answer.") with
    {
        Related = new RelatedPage(new DocumentId("demo:page:1004"), "Printers [Port Ainslie]", "https://wiki.halvorne.example/wiki/pages/1004/Printers_(Ainslie)#toner"),
    };

    public static Answer Failed { get; } = Of(AnswerOutcome.Failed, "Something went wrong, and it is not your fault. Please try again; if it stays, give your admins the trace id 01a20f0ab0b67a608b48eac076dd9ed4.");

    public static Answer Refused { get; } = Of(AnswerOutcome.Refused, "I may not help with that here.");

    public static Citation Source(int number, string title = "Hardware replacement procedure", IReadOnlyList<string>? path = null, string? url = null, string? quote = null) => new(
        number,
        new DocumentId($"demo:page:{1000 + number}"),
        new ChunkId($"demo:page:{1000 + number}/8f50bbeadc31b031"),
        title,
        url ?? $"https://wiki.halvorne.example/wiki/spaces/IT/pages/{1000 + number}/Page#repair",
        "repair",
        path ?? [],
        new DateTimeOffset(2026, 5, 20, 9, 12, 33, TimeSpan.Zero),
        quote ?? "When a laptop is dead, does not start or has a broken screen, bring it to the service desk in Stromvik or send it with the harbour courier.");

    public static Citation[] ManySources(int count) => [.. Enumerable.Range(1, count).Select(number => Source(number, $"Page {number}"))];
}
