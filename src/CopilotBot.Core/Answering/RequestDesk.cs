using System.Globalization;
using CopilotBot.Conversations;
using CopilotBot.Extraction;
using CopilotBot.Knowledge;

namespace CopilotBot.Answering;

/// <summary>What is asked of the bot other than a question: read out of the message by the router, or chosen by the person.</summary>
public sealed class RequestDesk(IntentRouter router, TicketDrafting tickets, TicketFinder finder, ThreadSummary summary)
{
    private const int MostFound = 5;

    private const double SureReport = .9;

    private const string Help = "I answer questions from your company's pages and tickets, and I open tickets: ask me something, or say what should be in the ticket.";

    private const string Thanks = "Thank you. The thumbs below an answer, and the words that you write there, reach the people who look after me.";

    /// <summary>What the person chose, or else what the message reads like.</summary>
    public async Task<RoutedMessage> RouteAsync(ChatTurn turn, CancellationToken cancellationToken)
    {
        var routed = await router.RouteAsync(turn.Text, cancellationToken);
        return (turn.Intent is { } name ? IntentNames.Parse(name) : (Intent?)null) switch
        {
            null => routed,
            Intent.CreateTicket when routed is { Intent: Intent.UpdateTicket, Other: null } => routed, // "/ticket close ABC-1" opens none
            { } chosen => IntentRouter.Force(chosen, routed.Reading),
        };
    }

    /// <returns>Null for what is answered from the knowledge: questions, and what nothing better can be done about.</returns>
    public Task<Answer?> ServeAsync(ChatTurn turn, RoutedMessage routed, AllowedSets allowed, CancellationToken cancellationToken) => routed switch
    {
        { Other: not null } when Offers(routed).Count > 0 => Task.FromResult<Answer?>(null),
        { Other: { } other } => Task.FromResult<Answer?>(Ask(turn.Id, routed.Intent, other)),
        { Intent: Intent.CreateTicket or Intent.UpdateTicket or Intent.Escalate } => tickets.DraftAsync(turn, routed, allowed, cancellationToken),
        { Intent: Intent.FindTicket } => FindAsync(turn, allowed, cancellationToken),
        { Intent: Intent.SummarizeThread } => summary.WriteAsync(turn, cancellationToken),
        { Intent: Intent.Feedback } => Say(turn.Id, Thanks),
        { Intent: Intent.SmallTalk } => Say(turn.Id, Help),
        _ => Task.FromResult<Answer?>(null),
    };

    /// <summary>A report that nothing is known about becomes a draft at once.</summary>
    /// <returns>Null where it is not surely a report, or no tracker takes tickets.</returns>
    public Task<Answer?> ServeUnansweredAsync(ChatTurn turn, RoutedMessage routed, AllowedSets allowed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(routed);
        return routed is { Intent: Intent.CreateTicket, Other: Intent.AskQuestion, Confidence: >= SureReport } ? tickets.DraftAsync(turn, routed with { Other = null }, allowed, cancellationToken) : Task.FromResult<Answer?>(null);
    }

    /// <summary>What the person may have meant instead of a question: they get the answer, and the rest is one press away.</summary>
    public static IReadOnlyList<AnswerChoice> Offers(RoutedMessage routed)
    {
        ArgumentNullException.ThrowIfNull(routed);
        return (routed.Intent, routed.Other) switch
        {
            (_, null) => [],
            (Intent.AskQuestion or Intent.OutOfScope, { } other) => [ChoiceOf(other)],
            (var intent, Intent.AskQuestion or Intent.OutOfScope) => [ChoiceOf(intent)],
            _ => [],
        };
    }

    /// <summary>Whether the answer from the knowledge stands in for something that cannot be done here.</summary>
    public static bool IsForTicket(RoutedMessage routed) => routed is { Other: null, Intent: Intent.CreateTicket or Intent.UpdateTicket or Intent.Escalate };

    /// <summary>For the trace: the decision and its runner-up.</summary>
    public static string Describe(RoutedMessage routed)
    {
        var others = routed.Reading.Intents.Where(intent => intent.Intent != IntentNames.NameOf(routed.Intent)).Take(1).Select(intent => string.Create(CultureInfo.InvariantCulture, $"{intent.Intent} {intent.Probability:0.00}"));
        return string.Join(", ", others.Prepend(string.Create(CultureInfo.InvariantCulture, $"{IntentNames.NameOf(routed.Intent)} {routed.Confidence:0.00}")));
    }

    private static Task<Answer?> Say(TurnId turn, string words) => Task.FromResult<Answer?>(new Answer { TurnId = turn, Outcome = AnswerOutcome.Reply, Text = words });

    private static Answer Ask(TurnId turn, Intent first, Intent second) => new()
    {
        TurnId = turn,
        Outcome = AnswerOutcome.Reply,
        Text = $"I am not sure what you want: shall I {Wording(first)}, or {Wording(second)}?",
        Choices = [ChoiceOf(first), ChoiceOf(second)],
    };

    private static AnswerChoice ChoiceOf(Intent intent)
    {
        var words = Wording(intent);
        return new AnswerChoice(IntentNames.NameOf(intent), char.ToUpperInvariant(words[0]) + words[1..]);
    }

    private static string Wording(Intent intent) => intent switch
    {
        Intent.CreateTicket => "open a ticket",
        Intent.UpdateTicket => "change a ticket",
        Intent.FindTicket => "look for a ticket",
        Intent.SummarizeThread => "sum up this thread",
        Intent.Escalate => "hand it to a person",
        _ => "look for an answer",
    };

    private async Task<Answer?> FindAsync(ChatTurn turn, AllowedSets allowed, CancellationToken cancellationToken)
    {
        var found = await finder.FindAsync(turn.Text, turn.User, allowed, MostFound, cancellationToken);
        return found.Count == 0
            ? null
            : new Answer
            {
                TurnId = turn.Id,
                Outcome = AnswerOutcome.Grounded,
                Text = string.Join('\n', found.Select((ticket, i) => string.Create(CultureInfo.InvariantCulture, $"- {ticket.Document.Key} {ticket.Title}{(ticket.Status.Length > 0 ? $": {ticket.Status}" : "")} [{i + 1}]"))),
                Citations = [.. found.Select((ticket, i) => AnswerWriter.Cite(i + 1, ticket.Document, ticket.Candidate.Indexed.Chunk, ticket.Document.Title))],
            };
    }
}
