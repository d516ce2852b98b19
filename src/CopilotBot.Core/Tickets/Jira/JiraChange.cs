using System.Text.Json.Nodes;

namespace CopilotBot.Tickets.Jira;

/// <summary>Comments on a ticket and moves it to another status, in this order and each only where it is not there yet. What is read here is not the lagging index.</summary>
internal sealed class JiraChange(JiraHttp http, JiraComments comments, TicketOptions options)
{
    public async Task<TrackerReply> WriteAsync(TicketDraft draft, CancellationToken cancellationToken)
    {
        var key = draft.TicketKey ?? "";
        if (draft.Comment is { Length: > 0 } && await CommentAsync(draft, cancellationToken) is { } commentProblem)
        {
            return commentProblem;
        }

        if (draft.Status is { Length: > 0 } status && await MoveAsync(key, status, cancellationToken) is { } moveProblem)
        {
            return draft.Comment is { Length: > 0 } && moveProblem.Status == TrackerStatus.Refused ? moveProblem with { Problem = $"The comment was written. {moveProblem.Problem}" } : moveProblem;
        }

        return Done(key);
    }

    public async Task<TrackerReply> FindAsync(TicketDraft draft, CancellationToken cancellationToken)
    {
        var key = draft.TicketKey ?? "";
        if (draft.Comment is { Length: > 0 })
        {
            var (problem, isThere) = await comments.FindAsync(draft, cancellationToken);
            if (problem is not null || !isThere)
            {
                return problem ?? new TrackerReply(TrackerStatus.NotFound);
            }
        }

        if (draft.Status is { Length: > 0 } wanted)
        {
            var (answer, status) = await ReadStatusAsync(key, cancellationToken);
            if (status is null || !IsSame(status, wanted))
            {
                return status is null ? JiraReplies.OfSearch(answer, key) : new TrackerReply(TrackerStatus.NotFound);
            }
        }

        return Done(key);
    }

    private async Task<TrackerReply?> CommentAsync(TicketDraft draft, CancellationToken cancellationToken)
    {
        var (problem, isThere) = await comments.FindAsync(draft, cancellationToken);
        return problem ?? (isThere ? null : await comments.WriteAsync(draft, cancellationToken));
    }

    private async Task<TrackerReply?> MoveAsync(string key, string wanted, CancellationToken cancellationToken)
    {
        var (answer, status) = await ReadStatusAsync(key, cancellationToken);
        if (status is null)
        {
            return JiraReplies.OfRead(answer, key);
        }

        if (IsSame(status, wanted))
        {
            return null;
        }

        var read = await http.GetAsync($"issue/{key}/transitions", JiraWire.Default.JiraTransitions, cancellationToken);
        if (read is not { IsOk: true, Body.Transitions: { } possible })
        {
            return JiraReplies.OfRead(read, key);
        }

        var transition = possible.FirstOrDefault(one => one.To is { } to && IsSame(to.Name, wanted)) ?? possible.FirstOrDefault(one => IsSame(one.Name, wanted));
        if (transition is null)
        {
            // Somebody else may have moved it there since the status was read.
            return await StandsAtAsync(key, wanted, cancellationToken) ? null : JiraReplies.Refused($"{key} stands at {status} and cannot be moved to {wanted} from there; it can be moved to: {string.Join(", ", possible.Select(one => one.To?.Name ?? one.Name).Distinct())}.");
        }

        var moved = await http.SendAsync(HttpMethod.Post, $"issue/{key}/transitions", new JsonObject { ["transition"] = new JsonObject { ["id"] = transition.Id } }, JiraWire.Default.JiraTransitions, cancellationToken);
        return moved.IsOk || (moved.Status is 400 or 409 && await StandsAtAsync(key, wanted, cancellationToken)) ? null : JiraReplies.OfWrite(moved, key, null);
    }

    private async Task<bool> StandsAtAsync(string key, string wanted, CancellationToken cancellationToken) =>
        (await ReadStatusAsync(key, cancellationToken)).Status is { } status && IsSame(status, wanted);

    private async Task<(JiraAnswer<JiraIssue> Answer, string? Status)> ReadStatusAsync(string key, CancellationToken cancellationToken)
    {
        var answer = await http.GetAsync($"issue/{key}?fields=status", JiraWire.Default.JiraIssue, cancellationToken);
        return (answer, answer is { IsOk: true } ? answer.Body?.Fields?.Status?.Name : null);
    }

    /// <summary>"in-progress" is "In Progress"; nothing further apart is the same.</summary>
    private static bool IsSame(string one, string other) => Bare(one).SequenceEqual(Bare(other));

    private static IEnumerable<char> Bare(string name) => name.Where(char.IsLetterOrDigit).Select(char.ToUpperInvariant);

    private TrackerReply Done(string key) => new(TrackerStatus.Done, key, $"{options.Site.TrimEnd('/')}/browse/{key}");
}
