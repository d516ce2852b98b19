using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CopilotBot.Tickets.Jira;

/// <summary>Comments with the draft's key: a comment property on Cloud, the words of the label in the last line on Data Center, which has no such properties.</summary>
internal sealed class JiraComments(JiraHttp http, TicketOptions options)
{
    private const int PageSize = 100;

    private const int MostPages = 60;

    /// <summary>By how much the clocks of Jira and of this machine may differ.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(10);

    /// <returns>Null when it was written.</returns>
    public async Task<TrackerReply?> WriteAsync(TicketDraft draft, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["body"] = JiraText.Write(options.Flavour, TextOf(draft), "Said in this message:", draft.Permalink) };
        if (options.Flavour == JiraFlavour.Cloud)
        {
            body["properties"] = new JsonArray(new JsonObject { ["key"] = JiraCreation.Property, ["value"] = new JsonObject { ["key"] = draft.IdempotencyKey } });
        }

        var answer = await http.SendAsync(HttpMethod.Post, $"issue/{draft.TicketKey}/comment", body, JiraWire.Default.JiraComment, cancellationToken);
        return answer.IsOk ? null : JiraReplies.OfWrite(answer, draft.TicketKey ?? "", null);
    }

    /// <summary>Looks through the comments from the newest to those from before the draft.</summary>
    public async Task<(TrackerReply? Problem, bool IsThere)> FindAsync(TicketDraft draft, CancellationToken cancellationToken)
    {
        var key = draft.TicketKey ?? "";
        var seen = 0;
        for (var page = 0; page < MostPages; page++)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"issue/{key}/comment?startAt={seen}&maxResults={PageSize}&orderBy=-created");
            var answer = await http.GetAsync(path, JiraWire.Default.JiraCommentPage, cancellationToken);
            if (answer is not { IsOk: true, Body.Comments: { } comments })
            {
                return (JiraReplies.OfSearch(answer, key), false);
            }

            var (problem, isHere) = await IsAmongAsync(comments, draft, cancellationToken);
            if (problem is not null || isHere)
            {
                return (problem, isHere);
            }

            seen += comments.Length;
            if (comments.Length == 0 || seen >= (answer.Body.Total ?? 0) || Created(comments[^1]) < draft.Created - ClockSkew)
            {
                return (null, false);
            }
        }

        return (new TrackerReply(TrackerStatus.TryAgain), false);
    }

    /// <summary>The list of an issue's comments comes without properties; the list by ids has them (POST /rest/api/3/comment/list).</summary>
    private async Task<(TrackerReply? Problem, bool IsThere)> IsAmongAsync(JiraComment[] comments, TicketDraft draft, CancellationToken cancellationToken)
    {
        if (options.Flavour == JiraFlavour.DataCenter)
        {
            var label = TicketKeys.LabelOf(options.Label, draft);
            return (null, comments.Any(comment => comment.Body is { ValueKind: JsonValueKind.String } body && body.GetString()!.Contains(label, StringComparison.Ordinal))); // a string
        }

        var ids = comments.Select(comment => long.TryParse(comment.Id, CultureInfo.InvariantCulture, out var id) ? id : (long?)null).OfType<long>().ToList();
        if (ids.Count == 0)
        {
            return (null, false);
        }

        var wanted = new JsonObject { ["ids"] = new JsonArray([.. ids.Select(id => JsonValue.Create(id))]) };
        var answer = await http.ReadAsync(HttpMethod.Post, "comment/list?expand=properties", wanted, JiraWire.Default.JiraCommentList, cancellationToken);
        return answer is { IsOk: true, Body.Values: { } listed }
            ? (null, listed.Any(comment => (comment.Properties ?? []).Any(property => property.Key == JiraCreation.Property && JiraCreation.KeyOf(property.Value) == draft.IdempotencyKey)))
            : (JiraReplies.OfSearch(answer, draft.TicketKey ?? ""), false);
    }

    private string TextOf(TicketDraft draft) =>
        options.Flavour == JiraFlavour.Cloud ? draft.Comment ?? "" : $"{draft.Comment}\n\nRef. {TicketKeys.LabelOf(options.Label, draft)}";

    /// <summary>Jira writes offsets without a colon.</summary>
    private static DateTimeOffset? Created(JiraComment comment) =>
        DateTimeOffset.TryParseExact(comment.Created, "yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out var exact) ? exact
        : DateTimeOffset.TryParse(comment.Created, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
