namespace CopilotBot.Tickets.Jira;

/// <summary>What became of one request.</summary>
/// <param name="Status">0 where there is no answer.</param>
/// <param name="Wait">How long Jira asks to wait.</param>
internal sealed record JiraAnswer<T>(int Status, T? Body = null, JiraErrors? Errors = null, TimeSpan? Wait = null, JiraFault Fault = JiraFault.None)
    where T : class
{
    public bool IsOk => Fault == JiraFault.None && Status is >= 200 and < 300;
}

internal enum JiraFault
{
    None,

    /// <summary>There was no connection: nothing was sent.</summary>
    NotSent,

    /// <summary>No answer that can be read: perhaps it was done.</summary>
    Lost,
}
