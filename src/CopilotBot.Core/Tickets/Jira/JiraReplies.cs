namespace CopilotBot.Tickets.Jira;

/// <summary>What Jira's answers mean to a draft, and the words for the person.</summary>
internal static class JiraReplies
{
    private static readonly TimeSpan UntilAnAdminHelps = TimeSpan.FromMinutes(1);

    /// <summary>Of a request that writes and that did not succeed.</summary>
    /// <param name="place">Key of the project or ticket.</param>
    public static TrackerReply OfWrite<T>(JiraAnswer<T> answer, string place, TicketType? type)
        where T : class => answer switch
        {
            { Fault: JiraFault.NotSent } => new TrackerReply(TrackerStatus.TryAgain),
            { Fault: JiraFault.Lost } => new TrackerReply(TrackerStatus.Unknown),
            { Status: 429 or 409 } => new TrackerReply(TrackerStatus.TryAgain, Wait: answer.Wait),
            { Status: >= 500 or 408 } => new TrackerReply(TrackerStatus.Unknown, Wait: answer.Wait),

            // Some Data Center sites throttle so (facts/sources.md §1.9).
            { Status: 403, Wait: not null } => new TrackerReply(TrackerStatus.TryAgain, Wait: answer.Wait),
            _ => Refused(Words(answer, place, type)),
        };

    /// <summary>Of a request that reads what a write rests on: nothing was written by it.</summary>
    public static TrackerReply OfRead<T>(JiraAnswer<T> answer, string place)
        where T : class => IsTrouble(answer) ? new TrackerReply(TrackerStatus.TryAgain, Wait: answer.Wait) : Refused(Words(answer, place, null));

    /// <summary>Of a search for what may have been written: that the bot is not let in says nothing about it.</summary>
    public static TrackerReply OfSearch<T>(JiraAnswer<T> answer, string place)
        where T : class => answer.Status is 401 or 403 ? new TrackerReply(TrackerStatus.TryAgain, Wait: answer.Wait ?? UntilAnAdminHelps) : OfRead(answer, place);

    /// <summary>In words for whoever reads the log.</summary>
    public static string Describe<T>(JiraAnswer<T> answer, string place)
        where T : class => IsTrouble(answer) ? "Jira cannot be reached at the moment: try again later, and check Tickets:Site where that does not help." : Words(answer, place, null);

    public static TrackerReply Refused(string problem) => new(TrackerStatus.Refused, Problem: problem);

    private static bool IsTrouble<T>(JiraAnswer<T> answer)
        where T : class => answer.Fault != JiraFault.None || answer.Status is 408 or 429 or >= 500 || (answer is { Status: 403, Wait: not null }) || answer.IsOk;

    private static string Words<T>(JiraAnswer<T> answer, string place, TicketType? type)
        where T : class => answer.Status switch
        {
            401 => "Jira does not accept the bot's token: an administrator has to renew Tickets:Token.",
            403 => $"Jira does not let the bot's account do this in {place}: an administrator has to give it the permission.",
            404 => $"Jira does not know {place}, or the bot's account may not see it: check the key, or ask an administrator for access.",
            413 => "Jira finds the text too long: shorten it and ask again.",
            >= 300 and < 400 => "The address of Jira has moved: an administrator has to correct Tickets:Site.",
            _ => FieldsOf(answer.Errors, type) is { Count: > 0 } fields
                ? $"Jira does not accept {string.Join(" and ", fields)}: ask for the ticket again with another value, or leave it empty."
                : $"Jira does not accept this in {place}: ask an administrator of this bot (Jira answered {answer.Status}).",
        };

    /// <summary>By their names: ids mean nothing to people.</summary>
    private static List<string> FieldsOf(JiraErrors? errors, TicketType? type) =>
        [.. (errors?.Errors?.Keys ?? Enumerable.Empty<string>()).Select(id => $"the field {type?.Fields.FirstOrDefault(field => field.Id == id)?.Name ?? NameOf(id)}").Distinct()];

    private static string NameOf(string id) => id switch
    {
        "issuetype" => "Issue Type",
        "project" => "Project",
        _ => id,
    };
}
