using CopilotBot.Conversations;
using CopilotBot.Knowledge;
using CopilotBot.Tickets;

namespace CopilotBot.Answering;

/// <summary>What a person gets for a turn.</summary>
public sealed record Answer
{
    public required TurnId TurnId { get; init; }

    public required AnswerOutcome Outcome { get; init; }

    /// <summary>Plain text with [n] after each sentence; list items and rows stand on lines of their own.</summary>
    public required string Text { get; init; }

    public IReadOnlyList<Citation> Citations { get; init; } = [];

    /// <summary>Empty unless the answer is grounded: what was near a missed question is nobody's business.</summary>
    public IReadOnlyList<RetrievedChunk> Retrieved { get; init; } = [];

    /// <summary>The page nearest to a question that nothing answers, when one is near enough; computed from what the asker may read alone.</summary>
    public RelatedPage? Related { get; init; }

    /// <summary>The draft, with the outcome <see cref="AnswerOutcome.Draft"/>.</summary>
    public TicketDraft? Ticket { get; init; }

    /// <summary>What the person is asked to choose from: names of intents with what to call them.</summary>
    public IReadOnlyList<AnswerChoice> Choices { get; init; } = [];

    /// <summary>Pages and tickets that the asker may read, all of which were searched; 0 when none was.</summary>
    public int DocumentsSearched { get; init; }

    /// <summary>Milliseconds by stage, and "total".</summary>
    public IReadOnlyDictionary<string, double> TimingsMs { get; init; } = new Dictionary<string, double>();
}
