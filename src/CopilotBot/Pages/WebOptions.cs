namespace CopilotBot.Pages;

/// <summary>Settings of the web page.</summary>
internal sealed class WebOptions
{
    /// <summary>
    /// Who is asking on the page when there is no picker: id, account id, e-mail address or display name of a person; empty for staff without a name.
    /// The page is bound to loopback, so whoever reaches it sits at this machine.
    /// </summary>
    public string Person { get; set; } = "";
}
