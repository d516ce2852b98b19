namespace CopilotBot.Tickets;

/// <summary>From the environment or user secrets only. A class, not a record: nothing prints what it holds.</summary>
public sealed class TicketSecrets
{
    public const string TokenSetting = "Tickets:Token";

    /// <summary>API token (Cloud) or personal access token (Data Center).</summary>
    public string? Token { get; set; }
}
