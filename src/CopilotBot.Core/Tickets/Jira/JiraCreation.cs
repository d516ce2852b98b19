using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CopilotBot.Tickets.Jira;

/// <summary>
/// Creates a ticket with the draft's key, and finds it again by it. The key is an issue property, which cannot be searched for without an app; so the ticket also
/// has a label, which can. A clone has the label too: the property decides.
/// </summary>
internal sealed class JiraCreation(JiraHttp http, JiraPeople people, TicketOptions options)
{
    public const string Property = "copilotbot";

    private const int PageSize = 50;

    private const int MostPages = 20;

    /// <summary>By how much the clocks of Jira and of this machine may differ.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(10);

    public async Task<TrackerReply> WriteAsync(TicketDraft draft, CancellationToken cancellationToken)
    {
        var accounts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var value in draft.Fields.Where(value => draft.Type?.Fields.FirstOrDefault(field => field.Id == value.Field)?.Kind == TicketFieldKind.Person))
        {
            var (answer, account) = value.Ids is [var id, ..] ? (null, id) : await people.FindAsync(draft.Project, value.Text, cancellationToken);
            if (answer is { IsOk: false })
            {
                return JiraReplies.OfRead(answer, draft.Project);
            }

            if (account is not null)
            {
                accounts[value.Field] = account;
            }
        }

        var created = await http.SendAsync(HttpMethod.Post, "issue", Body(draft, accounts), JiraWire.Default.JiraCreated, cancellationToken);
        return !created.IsOk ? JiraReplies.OfWrite(created, draft.Project, draft.Type)
            : created.Body?.Key is { Length: > 0 } key ? Done(key)
            : new TrackerReply(TrackerStatus.Unknown);
    }

    public async Task<TrackerReply> FindAsync(TicketDraft draft, CancellationToken cancellationToken)
    {
        string? token = null;
        var seen = 0;
        for (var page = 0; page < MostPages; page++)
        {
            var answer = options.Flavour == JiraFlavour.Cloud ? await SearchAsync(draft, token, cancellationToken) : await SearchAsync(draft, seen, cancellationToken);
            if (answer is not { IsOk: true, Body: { } found })
            {
                return JiraReplies.OfSearch(answer, draft.Project);
            }

            foreach (var issue in found.Issues ?? [])
            {
                var (property, key) = options.Flavour == JiraFlavour.Cloud ? (null, KeyOf(issue.Properties?.GetValueOrDefault(Property))) : await ReadKeyAsync(issue, cancellationToken);
                if (property is { IsOk: false, Status: not 404 })
                {
                    return JiraReplies.OfSearch(property, issue.Key);
                }

                if (key == draft.IdempotencyKey)
                {
                    return Done(issue.Key);
                }
            }

            // The token tells, and not isLast (facts/sources.md §2.1); Data Center counts instead, and a page may hold less than was asked for.
            seen += found.Issues?.Length ?? 0;
            if (options.Flavour == JiraFlavour.Cloud ? found.NextPageToken is null : found.Issues is null or [] || seen >= (found.Total ?? 0))
            {
                return new TrackerReply(TrackerStatus.NotFound);
            }

            if (found.NextPageToken == token && token is not null)
            {
                break;
            }

            token = found.NextPageToken;
        }

        // Not all was seen, so that nothing was found means nothing.
        return new TrackerReply(TrackerStatus.TryAgain);
    }

    private JsonObject Body(TicketDraft draft, Dictionary<string, string> accounts)
    {
        var (fields, update) = JiraFields.Of(draft, accounts, options.Flavour, TicketKeys.LabelOf(options.Label, draft));
        var body = new JsonObject
        {
            ["fields"] = fields,
            ["properties"] = new JsonArray(new JsonObject { ["key"] = Property, ["value"] = new JsonObject { ["key"] = draft.IdempotencyKey } }),
        };
        if (update.Count > 0)
        {
            body["update"] = update;
        }

        return body;
    }

    private Task<JiraAnswer<JiraSearchPage>> SearchAsync(TicketDraft draft, string? token, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["jql"] = QueryOf(draft), ["maxResults"] = PageSize, ["fields"] = new JsonArray("status"), ["properties"] = new JsonArray(Property) };
        if (token is not null)
        {
            body["nextPageToken"] = token;
        }

        return http.ReadAsync(HttpMethod.Post, "search/jql", body, JiraWire.Default.JiraSearchPage, cancellationToken);
    }

    private Task<JiraAnswer<JiraSearchPage>> SearchAsync(TicketDraft draft, int start, CancellationToken cancellationToken) => http.GetAsync(
        string.Create(CultureInfo.InvariantCulture, $"search?jql={Uri.EscapeDataString(QueryOf(draft))}&startAt={start}&maxResults={PageSize}&fields=status"), JiraWire.Default.JiraSearchPage, cancellationToken);

    /// <summary>By the label; where the screen has no labels, all that the bot created since the draft was there. Times without a zone mean the account's, milliseconds mean one moment.</summary>
    private string QueryOf(TicketDraft draft) => JiraFields.HasLabels(draft.Type)
        ? $"project = \"{draft.Project}\" AND labels = \"{TicketKeys.LabelOf(options.Label, draft)}\" ORDER BY created ASC"
        : string.Create(CultureInfo.InvariantCulture, $"project = \"{draft.Project}\" AND creator = currentUser() AND created >= {(draft.Created - ClockSkew).ToUnixTimeMilliseconds()} ORDER BY created ASC");

    private async Task<(JiraAnswer<JiraProperty>? Answer, string? Key)> ReadKeyAsync(JiraIssue issue, CancellationToken cancellationToken)
    {
        var answer = await http.GetAsync($"issue/{issue.Key}/properties/{Property}", JiraWire.Default.JiraProperty, cancellationToken);
        return (answer, answer is { IsOk: true, Body: { } property } ? KeyOf(property.Value) : null);
    }

    public static string? KeyOf(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Object } property && property.TryGetProperty("key", out var key) && key.ValueKind == JsonValueKind.String ? key.GetString() : null;

    private TrackerReply Done(string key) => new(TrackerStatus.Done, key, $"{options.Site.TrimEnd('/')}/browse/{key}");
}
