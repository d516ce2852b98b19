using System.ComponentModel.DataAnnotations;

namespace CopilotBot.Tickets;

/// <summary>Where confirmed drafts are written, and who may confirm them. Bound to "Tickets"; the API token is <see cref="TicketSecrets"/>.</summary>
public sealed class TicketOptions
{
    public const string Section = "Tickets";

    /// <summary>Address of the Jira site, "https://acme.atlassian.net": https, or http to this machine. Empty for none.</summary>
    public string Site { get; set; } = "";

    public JiraFlavour Flavour { get; set; } = JiraFlavour.Cloud;

    /// <summary>Cloud: the account that the API token belongs to. Every ticket is created by it.</summary>
    public string Email { get; set; } = "";

    /// <summary>Keys of the only projects that are read and written.</summary>
    public IList<string> Projects { get; } = [];

    /// <summary>Goes through everything and writes nothing.</summary>
    public bool DryRun { get; set; }

    /// <summary>Who may confirm, edit and cancel drafts of others: ids or e-mail addresses of people of the sources, or ids of users of the channel.</summary>
    public IList<string> MayConfirm { get; } = [];

    /// <summary>What the label begins with that a ticket is found again by.</summary>
    [RegularExpression("^[A-Za-z0-9_-]{1,40}$")]
    public string Label { get; set; } = "copilotbot";

    /// <summary>A search that finds nothing counts only so long after the write: the tracker's index lags behind, and a write may still be under way.</summary>
    [Range(0, 3600)]
    public int ClarifyAfterSeconds { get; set; } = 60;

    /// <summary>Writes whose outcome nobody knows before a draft has failed.</summary>
    [Range(1, 20)]
    public int MaximumAttempts { get; set; } = 5;

    /// <summary>A draft that could not be written for so long has failed.</summary>
    [Range(1, 168)]
    public int GiveUpHours { get; set; } = 24;
}

/// <summary>Which Jira: they differ in paths, rich text, accounts and search.</summary>
public enum JiraFlavour
{
    /// <summary>REST v3: rich text is a document, accounts have ids.</summary>
    Cloud,

    /// <summary>REST v2: rich text is wiki markup, accounts have names.</summary>
    DataCenter,
}
