using System.Text.RegularExpressions;
using CopilotBot.Conversations;
using CopilotBot.Knowledge;
using CopilotBot.Retrieval;
using CopilotBot.Tickets;

namespace CopilotBot.Answering;

/// <summary>Tickets of the index that are about something, among those that all readers may read: nothing else takes part, so nothing else can be told from what is missing.</summary>
public sealed partial class TicketFinder(HybridRetriever retriever, IDocumentStore documents, SourceRecheck recheck)
{
    /// <summary>Passages looked at: pages stand between the tickets.</summary>
    private const int Depth = 40;

    /// <summary>Late interaction from which a ticket is about the same; below it, one of the same subject only.</summary>
    private const float MinimumNearness = .5f;

    private static readonly HashSet<string> Over = new(StringComparer.OrdinalIgnoreCase) { "Done", "Closed", "Resolved", "Cancelled", "Canceled", "Rejected", "Won't Do", "Declined", "Completed" };

    /// <returns>The nearest first; where the text names some by their keys, those alone.</returns>
    public async Task<IReadOnlyList<FoundTicket>> FindAsync(string text, UserIdentity user, AllowedSets allowed, int top, CancellationToken cancellationToken)
    {
        var result = await retriever.SearchAsync(new RetrievalQuery(text, allowed, Depth) { KeepCopies = true }, cancellationToken);
        var named = TicketKeys.FindIn(text);
        var best = result.Candidates.DistinctBy(candidate => candidate.Indexed.Chunk.DocumentId).ToDictionary(candidate => candidate.Indexed.Chunk.DocumentId);

        // Checked once more against the state: a revocation commits there first.
        var tickets = documents.GetHeaders([.. best.Keys]).Values.Where(header => header.Kind == DocumentKind.Ticket && allowed.Contains(header.AccessSet)).ToList();
        var refused = await recheck.FindRefusedAsync(user, Shown, cancellationToken);
        return [.. Shown(refused).Select(header => Read(header, best[header.Id]))];

        List<DocumentHeader> Shown(IReadOnlySet<DocumentId> without)
        {
            var left = tickets.Where(header => !without.Contains(header.Id)).ToList();
            var asked = left.Where(header => named.Contains(header.Key)).ToList();
            return [.. (asked.Count > 0 ? asked : left.Where(header => best[header.Id].Late >= MinimumNearness)).OrderByDescending(header => best[header.Id].Late).Take(top)];
        }
    }

    private FoundTicket Read(DocumentHeader header, Candidate candidate)
    {
        var text = documents.Find(header.Id)?.Body.Text ?? "";
        var status = Status().Match(text).Groups[1].Value.Trim();
        return new FoundTicket(header, status, !Resolution().IsMatch(text) && !Over.Contains(status), candidate);
    }

    /// <summary>In the line of details that the sources of tickets write.</summary>
    [GeneratedRegex(@"(?:^|; )Status: ([^;\n]+)", RegexOptions.Multiline)]
    private static partial Regex Status();

    [GeneratedRegex("; Resolution: (?!Unresolved)")]
    private static partial Regex Resolution();
}
