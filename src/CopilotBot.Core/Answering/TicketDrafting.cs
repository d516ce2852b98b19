using CopilotBot.Conversations;
using CopilotBot.Extraction;
using CopilotBot.Extraction.Fields;
using CopilotBot.Knowledge;
using CopilotBot.Tickets;

namespace CopilotBot.Answering;

/// <summary>Makes the draft of a ticket, or of a change to one, out of a message. It writes nothing: that is the desk's, once a person has confirmed.</summary>
public sealed class TicketDrafting(TicketExtractor extractor, ITicketTracker tracker, TicketDesk desk, ITicketDraftStore drafts, TicketFinder finder, TimeProvider time)
{
    private const int MostSimilar = 3;

    /// <returns>Null when no tracker takes tickets.</returns>
    public async Task<Answer?> DraftAsync(ChatTurn turn, RoutedMessage routed, AllowedSets allowed, CancellationToken cancellationToken)
    {
        // A turn that is worked on again, after a crash, has its draft already.
        if (drafts.Find(turn.Id) is { } known)
        {
            return Show(turn.Id, known);
        }

        TicketSchema schema;
        try
        {
            schema = await tracker.GetSchemaAsync(cancellationToken);
        }
        catch (TrackerException exception)
        {
            return new Answer { TurnId = turn.Id, Outcome = AnswerOutcome.Reply, Text = exception.Message };
        }

        if (schema.Projects.Count == 0)
        {
            return null;
        }

        var around = turn.Surroundings is null ? TurnSurroundings.None : await turn.Surroundings(cancellationToken);
        var author = turn.Author?.DisplayName is { Length: > 0 } name ? name : turn.User.DisplayName;
        var blank = new TicketDraft { Id = turn.Id, Action = TicketAction.Create, Requester = turn.Author?.Id ?? "", RequesterName = author, Created = time.GetUtcNow(), Permalink = around.Permalink };
        var context = new ExtractionContext(turn.Received.ToOffset(around.UtcOffset ?? time.LocalTimeZone.GetUtcOffset(turn.Received)), author, around.Thread);
        var draft = await extractor.ExtractAsync(blank, turn.Text, routed, context, schema, cancellationToken);
        if (draft.Action == TicketAction.Update)
        {
            if (await FindProblemAsync(draft, turn.User, allowed, cancellationToken) is { } problem)
            {
                return new Answer { TurnId = turn.Id, Outcome = AnswerOutcome.Reply, Text = problem };
            }
        }
        else
        {
            draft = draft with { Choices = ChoicesOf(schema), Similar = await FindSimilarAsync(draft, turn.Text, turn.User, allowed, cancellationToken) };
        }

        // Only a channel has people who can confirm something later.
        return Show(turn.Id, turn.Author is null ? draft : desk.Open(draft));
    }

    /// <summary>The answer that shows a draft as it is now.</summary>
    public static Answer Show(TurnId turn, TicketDraft draft) => new() { TurnId = turn, Outcome = AnswerOutcome.Draft, Text = TicketText.Describe(draft), Ticket = draft };

    /// <summary>What one may not read one may not change; a ticket that does not exist looks the same.</summary>
    private async Task<string?> FindProblemAsync(TicketDraft draft, UserIdentity user, AllowedSets allowed, CancellationToken cancellationToken)
    {
        if (draft.TicketKey is not { } key)
        {
            return "Which ticket do you mean? Please say it again with its key, such as ABC-123.";
        }

        var found = await finder.FindAsync(key, user, allowed, 1, cancellationToken);
        return !found.Any(ticket => string.Equals(ticket.Document.Key, key, StringComparison.OrdinalIgnoreCase))
            ? $"I know of no ticket {key} that I may change from here."
            : draft is { Comment: null or "", Status: null or "" } ? $"What should be changed about {key}? Please say it again with the comment or the new status."
            : null;
    }

    private async Task<IReadOnlyList<SimilarTicket>> FindSimilarAsync(TicketDraft draft, string text, UserIdentity user, AllowedSets allowed, CancellationToken cancellationToken)
    {
        var found = await finder.FindAsync(draft.TextOf(FieldNames.Summary) ?? text, user, allowed, MostSimilar, cancellationToken);
        return [.. found.Select(ticket => new SimilarTicket(ticket.Document.Key, ticket.Title, ticket.IsOpen, ticket.Document.Url.Length > 0 ? ticket.Document.Url : null))];
    }

    private static IReadOnlyList<TicketChoice> ChoicesOf(TicketSchema schema) =>
        [.. schema.Projects.SelectMany(project => project.Types.Select(type => new TicketChoice(project.Key, type.Id, $"{project.Key} · {type.Name}")))];
}
